// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Finding;
import dev.torimono.model.Grounds;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.rules.field.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What findings say of why they were made. */
class GroundsTest {
    private static final String TABLES =
            """
            - list: shells
              items: [ash, bash, csh, dash, fish, ksh]
            - macro: opens
              condition: evt.type in (open, openat)
            - macro: secret
              condition: (fd.name = /etc/shadow or fd.name startswith /root/ or fd.name = /etc/gshadow)
            """;

    private static Grounds of(String condition, Observation seen) {
        return of(condition, "", seen);
    }

    private static Grounds of(String condition, String more, Observation seen) {
        LoadResult loaded = Loads.of(TABLES + Loads.rule("r", condition) + more);
        assertThat(loaded.report().ok()).as(loaded.report().text()).isTrue();
        Matcher matcher =
                loaded.ruleset().explaining(MatchStrategy.FIRST, Selection.DEFAULT, Priority.DEBUG);
        List<Finding> findings = new ArrayList<>();
        matcher.match(seen, findings::add);
        assertThat(findings).hasSize(1);
        return Objects.requireNonNull(findings.getFirst().grounds());
    }

    private static Observation shadow() {
        return Sample.open(Sample.shell(), "/etc/shadow", 1, 3);
    }

    /** What of the condition is marked, and what is said beside it. */
    private static List<String> marked(Grounds grounds) {
        return grounds.parts().stream()
                .map(
                        part ->
                                grounds.condition().substring(part.from(), part.to()).strip()
                                        + (part.test().isEmpty() ? "" : " ← " + part.test()))
                .toList();
    }

    @Test
    void everyPartOfAConjunctionHeldAndOfAlternativesThoseThatDid() {
        Grounds grounds =
                of("opens and (proc.name = cat or proc.name in (shells)) and fd.num > 2", shadow());
        assertThat(grounds.condition()).contains("proc.name in (shells)");
        assertThat(marked(grounds))
                .containsExactly(
                        "opens ← evt.type in (open, openat)",
                        "proc.name in (shells)",
                        "fd.num > 2");
        assertThat(grounds.values())
                .containsEntry("proc.name", "bash")
                .containsEntry("evt.type", "openat")
                .containsEntry("fd.num", 3L);
    }

    @Test
    void ofAMacroItSaysWhichAlternativeHeld() {
        assertThat(marked(of("opens and secret", shadow())))
                .contains("secret ← fd.name = /etc/shadow or …");
    }

    @Test
    void ofALongListItSaysTheBeginning() {
        String macro = "- macro: shell\n  condition: proc.name in (shells)\n";
        assertThat(
                        marked(
                                of(
                                        "opens and shell_again",
                                        macro + "- macro: shell_again\n  condition: shell\n",
                                        shadow())))
                .contains("shell_again ← proc.name in (ash, bash, csh, dash, …2)");
    }

    @Test
    void whatDoesNotHoldIsWhyANegationHolds() {
        Grounds grounds = of("opens and not proc.name in (vi, cat) and not secret", other());
        assertThat(marked(grounds))
                .containsExactly(
                        "opens ← evt.type in (open, openat)",
                        "not proc.name in (vi, cat)",
                        "not secret");
        assertThat(grounds.values()).containsEntry("proc.name", "bash");
    }

    private static Observation other() {
        return Sample.open(Sample.shell(), "/tmp/x", 1, 3);
    }

    @Test
    void exceptionsDoNotMoveWhatIsMarked() {
        String exceptions =
                """
                  exceptions:
                    - name: known
                      fields: [proc.name, fd.name]
                      comps: [=, startswith]
                      values: [[vi, /tmp/]]
                """;
        assertThat(marked(of("opens and secret", exceptions, shadow())))
                .containsExactly(
                        "opens ← evt.type in (open, openat)",
                        "secret ← fd.name = /etc/shadow or …");
        String empty = exceptions.replace("[[vi, /tmp/]]", "[]");
        assertThat(marked(of("opens and secret", empty, shadow()))).hasSize(2);
    }

    @Test
    void whatIsAppendedIsPartOfTheCondition() {
        String append = "- rule: r\n  condition: and proc.name = bash\n  append: true\n";
        assertThat(marked(of("opens", append, shadow())))
                .containsExactly("opens ← evt.type in (open, openat)", "proc.name = bash");
    }

    @Test
    void veryLongConditionsAndThoseWhoDoNotAskGetNone() {
        String many = "opens and (" + "proc.name = x or ".repeat(1_500) + "proc.name = bash)";
        LoadResult loaded = Loads.of(TABLES + Loads.rule("r", many));
        List<Finding> findings = new ArrayList<>();
        Ruleset ruleset = loaded.ruleset();
        ruleset.explaining(MatchStrategy.ALL, Selection.DEFAULT, Priority.DEBUG)
                .match(shadow(), findings::add);
        ruleset.matcher(MatchStrategy.ALL, Selection.DEFAULT, Priority.DEBUG)
                .match(shadow(), findings::add);
        assertThat(findings).hasSize(2).allMatch(finding -> finding.grounds() == null);
    }

    @Test
    void valuesAreCut() {
        Grounds grounds =
                of(
                        "opens and fd.name contains aaa",
                        Sample.open(Sample.shell(), "/" + "a".repeat(900), 1, 3));
        assertThat(Objects.requireNonNull(grounds.values().get("fd.name")).toString()).hasSize(256);
    }
}
