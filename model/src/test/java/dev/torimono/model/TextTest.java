// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void hashOfSliceEqualsHashOfText() {
        byte[] bytes = "xx/etc/shadowyy".getBytes();
        Text text = Text.of("/etc/shadow");
        assertThat(Text.hash(bytes, 2, 11)).isEqualTo(text.hashCode());
        assertThat(text.equalTo(bytes, 2, 11)).isTrue();
        assertThat(text.equalTo(bytes, 1, 11)).isFalse();
    }

    @Test
    void ordersByUnsignedBytes() {
        assertThat(Text.wrap(new byte[] {(byte) 0xff})).isGreaterThan(Text.of("a"));
    }

    @Test
    void invalidUtf8IsShownNotLost() {
        Text text = Text.wrap(new byte[] {'a', (byte) 0xff});
        assertThat(text).hasToString("a\ufffd");
        assertThat(text.length()).isEqualTo(2);
    }
}
