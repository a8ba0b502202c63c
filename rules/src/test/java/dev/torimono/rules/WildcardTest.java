// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
    @ParameterizedTest
    @CsvSource({
        "alpha, alpha, true",
        "al*, alpha, true",
        "*pha, alpha, true",
        "a*h*, alpha, true",
        "*, alpha, true",
        "alp, alpha, false",
        "ALPHA, alpha, false",
        "a*z, alpha, false",
        "a.pha, alpha, false",
        "*a*a*b, aaaaaaaa, false",
    })
    void onlyStarsAreSpecialAndTheWholeNameCounts(String pattern, String name, boolean fits) {
        assertThat(Wildcard.matches(pattern, name)).isEqualTo(fits);
    }

    @Test
    void manyStarsCostNoMoreThanTheirProduct() {
        assertThat(Wildcard.matches("*a".repeat(2_000) + "b", "a".repeat(10_000))).isFalse();
    }
}
