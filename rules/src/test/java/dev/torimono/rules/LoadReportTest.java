// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import static dev.torimono.rules.Loads.rule;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadReportTest {
    @Test
    void theCaretStandsUnderTheCulprit() {
        LoadReport report = Loads.of(rule("r", "evt.type = open and procname = cat")).report();
        assertThat(report.text())
                .isEqualTo(
                        """
                        1.yaml:3:43: error LOAD_ERR_COMPILE_CONDITION: rule "r": expected 'and', 'or' or the end but found '='
                            condition: evt.type = open and procname = cat
                                                                    ^
                        0 rules, 1 error, 0 warnings
                        """);
    }

    @Test
    void errorsInsideMacrosAndFoldedTextPointThere() {
        LoadReport report =
                Loads.of(
                                "- macro: m\n  condition: >\n    proc.name = x\n    or foo.bar = 1\n"
                                        + rule("r", "evt.type = open and m"))
                        .report();
        assertThat(report.errors())
                .singleElement()
                .satisfies(
                        error -> {
                            assertThat(error.position()).isEqualTo(new Position("1.yaml", 4, 8));
                            assertThat(error.line()).isEqualTo("    or foo.bar = 1");
                            assertThat(error.item()).isEqualTo("rule \"r\"");
                        });
    }

    @Test
    void errorsOfAListsItemsPointToWhereTheListIsUsed() {
        LoadReport report =
                Loads.of(
                                "- list: l\n  items: [\"it's\"]\n"
                                        + rule("r", "evt.type = open and proc.name in (l)"))
                        .report();
        assertThat(report.errors())
                .singleElement()
                .satisfies(
                        error -> assertThat(error.position().toString()).startsWith("1.yaml:5:"));
    }

    @Test
    void mistakesComeWithWhatWasProbablyMeant() {
        String text =
                Loads.of(
                                "- macro: spawned_process\n  condition: evt.type = execve\n"
                                        + rule("r", "spawned_proces")
                                        + "  tag: [x]\n"
                                        + "- rule: R\n  condition: a.b = c\n"
                                        + "  override: {condition: append}\n")
                        .report()
                        .text();
        assertThat(text)
                .contains("undefined macro 'spawned_proces'; did you mean 'spawned_process'?")
                .contains("unknown key 'tag' is ignored; did you mean 'tags'?")
                .contains("no rule of that name to append to; did you mean 'r'?");
    }

    @Test
    void programsGetTheSameInJson() {
        LoadReport report = Loads.of(rule("\"q\"", "evt.type = open and x")).report();
        assertThat(report.json())
                .startsWith(
                        "{\"errors\": [{\"code\": \"LOAD_ERR_VALIDATE\", \"file\": \"1.yaml\","
                                + " \"line\": 3, \"column\": 34, \"item\": \"rule \\\"q\\\"\","
                                + " \"message\": \"undefined macro 'x'\"")
                .endsWith("}], \"warnings\": [], \"rules\": 0}");
    }

    @Test
    void longLinesAreShownAroundTheCaret() {
        LoadReport report =
                Loads.of(rule("r", "evt.type = open and " + "proc.name = a or ".repeat(40) + "="))
                        .report();
        assertThat(report.text().lines().toList())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(200));
    }
}
