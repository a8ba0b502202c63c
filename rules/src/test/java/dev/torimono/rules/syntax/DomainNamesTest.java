// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Priority;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.Selection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DomainNamesTest {
    @Test
    void rulesDemandTheNamesThatTheyCompareAddressesWith() {
        String yaml =
                """
                - list: hosts
                  items: [one.example, two.example]
                - rule: r
                  desc: d
                  condition: >
                    evt.type = connect and (fd.sip.name in (hosts) or not fd.rip.name = three.example)
                    and proc.name = four.example
                  output: o
                  priority: INFO
                """;
        Set<String> names =
                new RuleLoader(LoadOptions.DEFAULT)
                        .load(List.of(new RuleFile("r.yaml", yaml)))
                        .ruleset()
                        .matcher(MatchStrategy.ALL, Selection.DEFAULT, Priority.DEBUG)
                        .demand()
                        .names();
        assertThat(names).isEqualTo(Set.of("one.example", "two.example", "three.example"));
    }
}
