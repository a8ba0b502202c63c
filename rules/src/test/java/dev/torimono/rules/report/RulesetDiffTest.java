// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.Ruleset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesetDiffTest {
    private static final String REST =
            "\n  desc: d\n  output: o %proc.name\n  priority: INFO\n  tags: [b, a]\n";

    private static Ruleset rules(String content) {
        return new RuleLoader(LoadOptions.DEFAULT)
                .load(List.of(new RuleFile("f.yaml", content)))
                .ruleset();
    }

    private final Ruleset before =
            rules(
                    "- list: l\n  items: [a]\n"
                            + "- rule: kept\n  condition: evt.type = open and proc.name in (l)"
                            + REST
                            + "- rule: gone\n  condition: evt.type = open"
                            + REST);

    private final Ruleset after =
            rules(
                    "- list: l\n  items: [a, b]\n"
                            + "- rule: kept\n  condition: evt.type = open and proc.name in (l)"
                            + REST
                            + "- rule: new\n  condition: evt.type = open"
                            + REST);

    @Test
    void aChangedListShowsUpInTheRulesThatUseIt() {
        assertThat(RulesetDiff.between(before, after).text())
                .isEqualTo(
                        """
                        - gone
                        + new
                        ~ kept
                            condition
                              - (evt.type = open and proc.name in (a))
                              + (evt.type = open and proc.name in (a, b))
                        """);
        assertThat(RulesetDiff.between(before, before).isEmpty()).isTrue();
    }

    @Test
    void theSameInJson() {
        assertThat(RulesetDiff.between(before, after).json())
                .startsWith("{\"added\": [\"new\"], \"removed\": [\"gone\"], \"changed\": [{")
                .contains("\"what\": \"condition\", \"before\": ");
    }

    @Test
    void rulesAreListedInTheirOrder() {
        assertThat(RuleList.text(before))
                .isEqualTo(
                        """
                        RULE  PRIORITY       STATE     SOURCE      TAGS
                        kept  Informational  enabled   syscall     a b
                        gone  Informational  enabled   syscall     a b
                        """);
        assertThat(RuleList.json(before)).startsWith("[{\"rule\": \"kept\", \"desc\": \"d\"");
    }

    @Test
    void anExplanationShowsWhatTheRuleCameTo() {
        assertThat(RuleExplanation.of(after, "kept"))
                .contains("defined: f.yaml:3:3\n")
                .contains("condition as written\n  evt.type = open and proc.name in (l)\n")
                .contains(
                        """
                        condition resolved
                          (evt.type = open and proc.name in (a, b))
                        event types: open
                        fields: evt.type, proc.name
                        comparisons: 2 on 2 fields
                        """);
    }

    @Test
    void longConditionsAreLaidOutInLines() {
        StringBuilder condition = new StringBuilder("evt.type = open");
        for (int i = 0; i < 9; i++) {
            condition.append(" and not fd.name startswith /some/directory/").append(i);
        }
        Ruleset ruleset = rules("- rule: long\n  condition: " + condition + REST);
        assertThat(RuleExplanation.of(ruleset, "long"))
                .contains("  (evt.type = open\n   and not fd.name startswith /some/directory/0\n");
    }
}
