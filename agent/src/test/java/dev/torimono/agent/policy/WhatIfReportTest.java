// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.journal.Journal;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.past.PastFinding;
import dev.torimono.response.past.WhatIf;
import dev.torimono.response.scope.HostFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhatIfReportTest {
    private static final Instant SINCE = Instant.parse("2026-11-26T04:00:00Z");

    private static PastFinding finding(String rule, String process, String name) {
        return new PastFinding(
                "id",
                SINCE.getEpochSecond() * 1_000_000_000L,
                rule,
                List.of(),
                null,
                process,
                Map.of("proc.name", name),
                List.of(),
                List.of());
    }

    private static String report(String more, PastFinding... findings) {
        PolicySet set =
                Books.set(
                        """
                        policies:
                          - name: P
                            rules: [Terminal shell in container]
                            actions: {kill_process: true}
                        """
                                + more.indent(4));
        return WhatIfReport.text(
                new WhatIf(HostFacts.named("box")),
                set.policies().getLast(),
                new Journal(List.of(findings), Optional.of(SINCE), 0),
                SINCE);
    }

    @Test
    void countsWhatItWouldHaveDoneAndToWhat() {
        String shell = "Terminal shell in container";
        String report =
                report(
                        "",
                        finding(shell, "sh", "sh"),
                        finding(shell, "sh", "sh"),
                        finding(shell, "bash\u001b[2J", "bash"),
                        finding("Other", "x", "x"));
        assertThat(report)
                .contains("findings recorded  4\ncovered            3\n")
                .contains("it would have      done kill_process, 3 times\n")
                .contains("     2  Terminal shell in container               host")
                .contains("bash·[2J");
    }

    @Test
    void exceptionsTakeOutAndWhatCannotBeToldIsSaid() {
        String shell = "Terminal shell in container";
        String exception =
                """
                exceptions:
                  - {name: e, when: %s, reason: r, owner: o}
                """;
        assertThat(
                        report(
                                exception.formatted("proc.name = sh"),
                                finding(shell, "sh", "sh"),
                                finding(shell, "bash", "bash")))
                .contains("covered            1\ntaken out          1 by its exceptions\n");
        assertThat(report(exception.formatted("proc.cwd = /"), finding(shell, "sh", "sh")))
                .contains("covered            0\n")
                .contains("cannot be told     1: ");
    }

    @Test
    void saysHowFarBackItCanSee() {
        PolicySet set = Books.set("policies: [{name: P, rules: [Terminal shell in container]}]\n");
        String report =
                WhatIfReport.text(
                        new WhatIf(HostFacts.named("box")),
                        set.policies().getLast(),
                        new Journal(List.of(), Optional.of(SINCE), 2),
                        SINCE.minusSeconds(60));
        assertThat(report)
                .contains("(the journal goes back to 2026-11-26T04:00:00Z only)")
                .contains("2 lines could not be read");
    }
}
