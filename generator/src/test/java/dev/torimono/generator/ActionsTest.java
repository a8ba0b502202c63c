// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.ruleset.ShippedRules;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ActionsTest {
    private static final Pattern RULE = Pattern.compile("(?m)^- rule: (.+)$");

    @Test
    void everyShippedRuleHasAnAction() {
        Actions actions = Actions.shipped();
        for (ShippedRules.File file : ShippedRules.files()) {
            Matcher rule = RULE.matcher(file.content());
            while (rule.find()) {
                assertThat(actions.of(rule.group(1).strip()))
                        .as("actions.txt has a section for the rule of " + file.name())
                        .isPresent();
            }
        }
    }

    @Test
    void everySectionDoesSomethingOrSaysWhyNot() {
        Actions actions = Actions.shipped();
        assertThat(actions.rules()).hasSizeGreaterThan(90);
        for (String rule : actions.rules()) {
            Action action = actions.of(rule).orElseThrow();
            assertThat(action.steps().isEmpty()).as(rule).isNotEqualTo(action.cannot().isEmpty());
        }
    }

    @Test
    void rulesMayShareASectionAndQuotesKeepWordsTogether() {
        Actions actions =
                Actions.parse("[a]\n[b]\nhost: as grep \"two words\" x\n\n[c]\ncannot: why");
        Action a = actions.of("a").orElseThrow();
        assertThat(a.steps())
                .containsExactly(
                        new Action.Step(Place.HOST, List.of("as", "grep", "two words", "x")));
        assertThat(actions.of("b")).contains(a);
        assertThat(actions.of("c").orElseThrow().cannot()).isEqualTo("why");
        assertThat(actions.of("d")).isEmpty();
    }

    @Test
    void aPlaceThatDoesNotExistIsNamedWithItsLine() {
        assertThatThrownBy(() -> Actions.parse("[a]\nmoon: as ls"))
                .hasMessageContaining("actions.txt:2")
                .hasMessageContaining("moon");
    }

    @Test
    void whatRestsIsNoLoad() {
        Action slow = Actions.parse("[a]\nhost: background rest 6 read x").of("a").orElseThrow();
        assertThat(slow.quick()).isFalse();
        assertThat(slow.delaySeconds()).isEqualTo(6);
        Action quick = Actions.parse("[a]\nhost: read x").of("a").orElseThrow();
        assertThat(quick.quick()).isTrue();
        assertThat(quick.delaySeconds()).isZero();
    }
}
