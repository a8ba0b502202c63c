// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import static dev.torimono.rules.Loads.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Priority;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private final Ruleset ruleset =
            Loads.of(
                            rule("alpha", "evt.type = open")
                                    + "  tags: [t1]\n"
                                    + rule("beta", "evt.type = open")
                                    + "  tags: [t1, t2]\n  enabled: false\n"
                                    + rule("gamma", "evt.type = open").replace("NOTICE", "DEBUG"))
                    .ruleset();

    private List<String> active(Selection selection, Priority minimum) {
        return ruleset.matcher(MatchStrategy.FIRST, selection, minimum).rules().stream()
                .map(Rule::name)
                .toList();
    }

    @Test
    void rulesSpeakForThemselvesByDefault() {
        assertThat(active(Selection.DEFAULT, Priority.DEBUG)).containsExactly("alpha", "gamma");
    }

    @Test
    void whatIsEnabledLaterComesLast() {
        assertThat(active(Selection.DEFAULT.enableTagged("t2"), Priority.DEBUG))
                .containsExactly("alpha", "gamma", "beta");
        assertThat(
                        active(
                                Selection.DEFAULT.disableNamed("al*").enableNamed("alpha"),
                                Priority.DEBUG))
                .containsExactly("gamma", "alpha");
    }

    @Test
    void stepsOverruleThoseBeforeThem() {
        assertThat(active(Selection.DEFAULT.enableNamed("*").disableTagged("t1"), Priority.DEBUG))
                .containsExactly("gamma");
    }

    @Test
    void whatIsLessUrgentThanTheMinimumTakesNoPart() {
        assertThat(active(Selection.DEFAULT.enableNamed("*"), Priority.NOTICE))
                .containsExactly("alpha", "beta");
    }
}
