// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatLineTest {
    private static final String BEFORE =
            "S 7 8 9 34816 -1 4194560 10 11 12 13 14 15 16 17 20 0 3 0 4242 1000 18446744073709551615";
    private static final String LAYOUT =
            " 18446744073709551615 94 95 140 0 0 0 0 4096 0 1 2 3 17 1 0 0 0 0 0 201 202 203 204 205 206 207 0\n";

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private static StatLine read(String line) {
        StatLine stat = new StatLine();
        assertThat(stat.read(bytes(line), bytes(line).length)).isTrue();
        return stat;
    }

    @Test
    void nameMayHaveParenthesesAndBlanks() {
        StatLine stat = read("12 (a) (b c) " + BEFORE + LAYOUT);
        assertThat(stat.comm()).isEqualTo("a) (b c");
        assertThat(stat.state()).isEqualTo('S');
        assertThat(stat.parent()).isEqualTo(7);
        assertThat(stat.group()).isEqualTo(8);
        assertThat(stat.session()).isEqualTo(9);
        assertThat(stat.terminal()).isEqualTo(34816);
        assertThat(stat.minorFaults()).isEqualTo(10);
        assertThat(stat.majorFaults()).isEqualTo(12);
        assertThat(stat.threads()).isEqualTo(3);
        assertThat(stat.startNs()).isEqualTo(42_420_000_000L);
        assertThat(stat.kernelThread()).isFalse();
    }

    @Test
    void layoutIsTheSameForTheSameExecOnly() {
        long one = read("12 (a) " + BEFORE + LAYOUT).layout();
        long forked = read("13 (b) " + BEFORE.replace("S 7", "R 12") + LAYOUT).layout();
        long other = read("12 (a) " + BEFORE + LAYOUT.replace(" 204 ", " 208 ")).layout();
        assertThat(one).isNotZero().isEqualTo(forked).isNotEqualTo(other);
    }

    @Test
    void layoutThatMustNotBeSeenIsNone() {
        String hidden = LAYOUT.replaceAll(" 20[1-7]", " 0");
        assertThat(read("12 (a) " + BEFORE + hidden).layout()).isZero();
    }

    @Test
    void lineThatIsCutShortIsNone() {
        StatLine stat = new StatLine();
        for (String line : new String[] {"", "12", "12 (a", "12 (a)", "12 (a) S", "12 (a) S 1 2"}) {
            assertThat(stat.read(bytes(line), bytes(line).length)).as(line).isFalse();
        }
    }
}
