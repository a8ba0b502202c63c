// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Interest;
import dev.torimono.rules.demand.NecessaryCondition;
import dev.torimono.rules.syntax.ConditionParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterestTextTest {
    private static String of(String condition) {
        List<Interest> interests = NecessaryCondition.of(List.of(ConditionParser.parse(condition)));
        assertThat(interests).hasSize(1);
        return InterestText.of(interests.getFirst());
    }

    @Test
    void everyBoundIsNamed() {
        assertThat(
                        of(
                                "evt.type in (open, openat) and evt.is_open_write = true"
                                        + " and fd.num >= 0 and fd.typechar = 'f'"
                                        + " and container.id != host and fd.filename in (b, a)"))
                .isEqualTo(
                        "open, openat; opened for writing or for both; succeeded; in a container;"
                                + " of kind file; named a, b");
    }

    @Test
    void pathsSayHowTheyAreMeant() {
        assertThat(
                        of(
                                "evt.type = openat and (fd.name = /a or fd.name startswith /b or"
                                        + " fd.filename = c or fd.name contains part)"))
                .isEqualTo("openat; path /a, or path /b*, or named c, or path with part");
    }

    @Test
    void longListsGoOnInTheNextLine() {
        StringBuilder names = new StringBuilder("name-0");
        for (int i = 1; i < 30; i++) {
            names.append(", name-").append(i);
        }
        assertThat(of("evt.type = openat and fd.filename in (" + names + ")").lines())
                .hasSizeGreaterThan(2)
                .allMatch(line -> line.length() <= 104);
    }

    @Test
    void whatIsNotBoundIsNotSaid() {
        assertThat(of("evt.type = setns and proc.name = x")).isEqualTo("setns");
        assertThat(of("proc.name = x")).endsWith(" event types");
    }
}
