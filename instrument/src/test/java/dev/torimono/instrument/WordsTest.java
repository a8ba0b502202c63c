// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void wordsAreSplitAsAShellDoes() {
        assertThat(Words.parse("sh -c  'exec \"$0\"' \"a \\\" b\" c\\ d ''"))
                .containsExactly("sh", "-c", "exec \"$0\"", "a \" b", "c d", "");
        assertThat(Words.parse("  ")).isEmpty();
    }

    @Test
    void aListOfJsonIsTakenAsItIs() {
        assertThat(Words.parse("[\"a b\", \"\\u0041\"]")).containsExactly("a b", "A");
        assertThatThrownBy(() -> Words.parse("[1]"))
                .hasMessageContaining("must be a list of texts");
        assertThatThrownBy(() -> Words.parse("[")).isInstanceOf(InstrumentException.class);
    }

    @Test
    void openQuoteIsAnError() {
        assertThatThrownBy(() -> Words.parse("a 'b")).hasMessage("a 'b: the quote ' is not closed");
    }
}
