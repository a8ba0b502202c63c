// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextPoolTest {
    private final TextPool pool = new TextPool(64);

    @Test
    void equalBytesShareOneText() {
        assertThat(text("/bin/sh")).isSameAs(text("/bin/sh"));
    }

    @Test
    void longTextsAreNotKept() {
        String large = "x".repeat(1000);
        assertThat(text(large)).isEqualTo(text(large)).isNotSameAs(text(large));
    }

    @Test
    void listsSplitAtNulAndKeepEmptyArguments() {
        assertThat(list("a\0\0c\0")).extracting(Object::toString).containsExactly("a", "", "c");
        assertThat(list("a\0cut")).extracting(Object::toString).containsExactly("a", "cut");
        assertThat(list("")).isEmpty();
    }

    @Test
    void listsAreBounded() {
        assertThat(list("x\0".repeat(10_000))).hasSize(2048);
    }

    private Text text(String string) {
        byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
        return pool.of(bytes, 0, bytes.length);
    }

    private List<Text> list(String string) {
        byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
        return pool.list(bytes, 0, bytes.length);
    }
}
