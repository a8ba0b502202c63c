// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
    @Test
    void changesFarApartHaveHunksOfTheirOwn() {
        String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
        assertThat(
                        UnifiedDiff.of(
                                "f", before, before.replace("2\n3", "2\nx\n3").replace("12", "y")))
                .isEqualTo(
                        """
                        --- f
                        +++ f
                        @@ -1,5 +1,6 @@
                         1
                         2
                        +x
                         3
                         4
                         5
                        @@ -9,4 +10,4 @@
                         9
                         10
                         11
                        -12
                        +y
                        """);
    }

    @Test
    void missingLastLineBreakShows() {
        assertThat(UnifiedDiff.of("f", "a", "a\n"))
                .isEqualTo("--- f\n+++ f\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n");
    }

    @Test
    void equalTextsDifferInNothing() {
        assertThat(UnifiedDiff.of("f", "a", "a")).isEmpty();
    }
}
