// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathJoinTest {
    private final PathJoin join = new PathJoin();

    @ParameterizedTest
    @CsvSource({
        "/home/u/, .curlrc, /home/u/.curlrc",
        "/home/u, ../v/./w//x/, /home/v/w/x",
        "/home/u, /etc/passwd, /etc/passwd",
        "/, .., /",
        "/a, ../../../b, /b",
        "/a/b, .., /a",
        "/a, ., /a",
        "'', a/../.., ..",
        "'', a/.., .",
        "'', ./a, a",
        "<UNKNOWN>, a, <UNKNOWN>/a",
        "/a, ..., /a/...",
        "/a, '', /a",
        "'', '', ''",
        "'', //a///b, /a/b"
    })
    void pathIsJoinedAndNormalised(String directory, String path, String expected) {
        assertThat(joined(directory, path)).isEqualTo(expected);
    }

    @Test
    void pathTooLongForTheKernelSaysSo() {
        assertThat(joined("/", "x".repeat(1024))).isEqualTo("/PATH_TOO_LONG");
        assertThat(joined("/", "x".repeat(1023))).hasSize(1024);
    }

    @Test
    void directoryEndsWithASlash() {
        joined("/a", "b");
        assertThat(join.directory()).hasToString("/a/b/");
        joined("/a", "..");
        assertThat(join.directory()).hasToString("/");
    }

    private String joined(String directory, String path) {
        byte[] base = directory.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, join.room(bytes.length), 0, bytes.length);
        return join.join(base, base.length, bytes.length).text().toString();
    }
}
