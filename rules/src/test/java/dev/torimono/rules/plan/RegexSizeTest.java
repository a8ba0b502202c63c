// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexSizeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((a{1,1000}){1,1000}){1,1000})",
                "((a{100}){11})",
                "((a{100}b){11})",
                "(a{10}(b{20}c){20}d){3}",
                "a{1001}",
            })
    void repetitionsOfRepetitionsAreRefused(String expression) {
        assertThat(RegexSize.fault(expression)).contains("repetitions");
    }

    @Test
    void manyLargeRepetitionsInARowAreRefused() {
        assertThat(RegexSize.fault("a{1000}".repeat(101))).contains("parts");
        assertThat(RegexSize.fault("a{1000}".repeat(90))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{1000}",
                "(a{31}){32}",
                "[[:alpha:]]{1,3}|x",
                "a\\{5000}",
                "((((",
                "))))",
                "{",
                "a{,",
                "/etc/.*(shadow|passwd)",
            })
    void ordinaryOnesPass(String expression) {
        assertThat(RegexSize.fault(expression)).isNull();
    }
}
