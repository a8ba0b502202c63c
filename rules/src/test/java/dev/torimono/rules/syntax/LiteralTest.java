// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LiteralTest {
    private static String value(String condition) {
        Expr.Compare compare = (Expr.Compare) ConditionParser.parse(condition);
        return ((Expr.Value) compare.right()).text();
    }

    @Test
    void bytesThatAreNoUtf8SurviveInAString() {
        String value = value("fd.name = \"/p\\xff/q\\x80\"");
        assertThat(Literal.bytes(value))
                .containsExactly('/', 'p', (byte) 0xFF, '/', 'q', (byte) 0x80);
        assertThat(Literal.printable(value)).isEqualTo("/p\uFFFD/q\uFFFD");
    }

    @Test
    void bytesOfACharacterMakeThatCharacter() {
        assertThat(Literal.bytes(value("fd.name = \"\\xe6\\x97\\xa5本\"")))
                .isEqualTo("日本".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void charactersBeyondTheBasicPlaneStayWhole() {
        assertThat(Literal.bytes(value("fd.name = 🦑")))
                .isEqualTo("🦑".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBackslashBeforeABlankIsABackslash() {
        assertThat(value("a.b = \"a\\ b\"")).isEqualTo("a\\b");
    }

    @Test
    void bareValuesKeepTheirBackslashes() {
        assertThat(value("a.b = x\\ny")).isEqualTo("x\\ny");
    }
}
