// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.Alerts;
import dev.torimono.model.ActionResult;
import dev.torimono.model.ActionResult.Status;
import dev.torimono.model.Alert;
import dev.torimono.model.Priority;
import dev.torimono.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadableFormatTest {
    private static String render(boolean colours, Alert alert) {
        byte[] text = new ReadableFormat(ZoneOffset.UTC, colours).render(alert);
        return new String(text, StandardCharsets.UTF_8);
    }

    @Test
    void drawsTheLineageFromTheRootDown() {
        Alert alert =
                Alerts.of(
                        Priority.NOTICE,
                        "A shell",
                        Map.of(),
                        List.of(
                                Alerts.ancestor(9, "sh", "5b03dbdcbb56"),
                                Alerts.ancestor(8, "shim", "host"),
                                Alerts.ancestor(1, "init", "host")));
        assertThat(render(false, alert))
                .isEqualTo(
                        """
                        09:43:33 Notice  Some rule
                          A shell
                          1 init -x  root
                          └ 8 shim -x  root
                            └ 9 sh -x  root pts/0 [5b03dbdcbb56]
                        """);
    }

    @Test
    void saysWhatPoliciesDid() {
        Verdict verdict =
                new Verdict("P", "workload", 2, "enforce", List.of(), List.of(), List.of(), "");
        Alert alert =
                Alerts.saying("m")
                        .with(
                                List.of(verdict),
                                List.of(
                                        new ActionResult("process_killed", Status.DONE, "", 1.25),
                                        ActionResult.of(
                                                "container_stopped", Status.REFUSED, "why")));
        assertThat(render(false, alert))
                .isEqualTo(
                        """
                        09:43:33 Warning  Some rule
                          m
                          policy P, severity 2
                          action process_killed: done after 1.25 ms
                          action container_stopped: refused, why
                          alert  %s
                        """
                                .formatted(alert.id()));
    }

    @Test
    void coloursOnlyWhenAsked() {
        assertThat(render(true, Alerts.saying("m"))).contains("\u001b[33mWarning");
        assertThat(render(false, Alerts.saying("m"))).doesNotContain("\u001b");
    }

    @Test
    void nothingThatAProcessSaysReachesTheTerminalAsControl() {
        assertThat(render(false, Alerts.saying("x\u001b]0;t\u0007\n\u202e漢")))
                .contains("  x·]0;t···漢\n");
    }
}
