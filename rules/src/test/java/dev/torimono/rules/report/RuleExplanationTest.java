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

class RuleExplanationTest {
    private static final String RULES =
            """
            - list: shells
              items: [bash, zsh]
            - macro: spawned
              condition: evt.type = execve
            - rule: Shell
              desc: a shell
              condition: spawned and proc.name in (shells)
              output: "%proc.name said \\"hi\\""
              priority: NOTICE
              tags: [a, b]
            - rule: Elsewhere
              desc: of a plugin
              condition: x.y = 1
              output: x
              priority: INFO
              source: elsewhere
            """;

    private static Ruleset ruleset() {
        return new RuleLoader(LoadOptions.DEFAULT)
                .load(List.of(new RuleFile("r.yaml", RULES)))
                .ruleset();
    }

    @Test
    void tellsWhatTheConditionCameToAndWhatItNeeds() {
        assertThat(RuleExplanation.of(ruleset(), "Shell"))
                .contains("defined: r.yaml:5")
                .contains("condition as written\n  spawned and proc.name in (shells)\n")
                .contains("proc.name in (bash, zsh)")
                .contains("event types: execve\n")
                .contains("fields: evt.type, proc.name")
                .containsPattern("cost: at most about \\d+ comparisons")
                .contains("needs from the kernel\n");
    }

    @Test
    void tellsTheSameToPrograms() {
        assertThat(RuleExplanation.json(ruleset(), "Shell"))
                .startsWith("{\"rule\": \"Shell\", \"file\": \"r.yaml\", \"line\": 5, ")
                .contains("\"output\": \"%proc.name said \\\"hi\\\"\"")
                .contains("\"tags\": [\"a\", \"b\"]")
                .contains(
                        "\"event_types\": [\"execve\"], \"fields\": [\"evt.type\", \"proc.name\"]")
                .containsPattern("\"comparisons\": 2, \"cost\": \\d+, \"needs\": \\[\".+\"\\]}$");
    }

    @Test
    void saysOfARuleWithoutSourceOnlyThatItIsInactive() {
        assertThat(RuleExplanation.of(ruleset(), "Elsewhere"))
                .contains("inactive: source 'elsewhere' is not there");
        assertThat(RuleExplanation.json(ruleset(), "Elsewhere"))
                .contains("\"inactive\": true")
                .doesNotContain("resolved");
    }
}
