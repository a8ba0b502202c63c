// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathKeyTest {
    @Test
    void sameTextHasADifferentKeyInEachRole() {
        assertThat(PathKey.exact("/etc"))
                .isNotEqualTo(PathKey.prefix("/etc"))
                .isNotEqualTo(PathKey.directory("/etc"))
                .isNotEqualTo(PathKey.name("/etc"))
                .isNotEqualTo(PathKey.fragment("/etc"));
    }

    @Test
    void fragmentIsKnownByItsEnd() {
        assertThat(PathKey.fragment("release_agent")).isEqualTo(PathKey.fragment("gent"));
    }

    @Test
    void longPrefixIsKnownByItsBeginning() {
        String beginning = "/".repeat(PathKey.PREFIX_MAX);
        assertThat(PathKey.prefix(beginning + "more")).isEqualTo(PathKey.prefix(beginning));
        assertThat(PathKey.prefixLength(beginning + "more")).isEqualTo(PathKey.PREFIX_MAX);
    }

    @Test
    void rootIsTheDirectoryOfWhatHasNothingBeforeItsSlash() {
        assertThat(PathKey.directory("/")).isEqualTo(PathKey.directory(""));
    }

    @Test
    void emptyTextHashesToTheBasisOfFnv() {
        assertThat(PathKey.exact("")).isEqualTo(0xcbf29ce484222325L);
        assertThat(PathKey.exact("a")).isEqualTo(0xaf63dc4c8601ec8cL);
    }
}
