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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonFormatTest {
    private static String render(AlertShape shape, Alert alert) {
        byte[] line = new JsonFormat(shape, ZoneOffset.UTC).render(alert);
        return new String(line, StandardCharsets.UTF_8);
    }

    private static Alert withFields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("user.uid", 0L);
        fields.put("proc.aname[2]", null);
        fields.put("evt.is_wait", true);
        return Alerts.of(Priority.INFORMATIONAL, "tab\there", fields, List.of());
    }

    @Test
    void keysAreSortedAndTypedAsFalcosAre() {
        assertThat(render(AlertShape.DEFAULT, withFields()))
                .isEqualTo(
                        "{\"hostname\":\"box\","
                                + "\"output\":\"09:43:33.931613982: Informational tab\\there\","
                                + "\"output_fields\":{\"evt.is_wait\":true,"
                                + "\"evt.time\":1795340613931613982,\"proc.aname[2]\":null,"
                                + "\"user.uid\":0},"
                                + "\"priority\":\"Informational\",\"rule\":\"Some rule\","
                                + "\"source\":\"syscall\",\"tags\":[\"a\",\"b\"],"
                                + "\"time\":\"2026-11-22T09:43:33.931613982Z\"}");
    }

    @Test
    void isoTimeChangesThePrefixAndTheField() {
        AlertShape iso = new AlertShape(true, true, false, true, true, Map.of(), Map.of(), "");
        assertThat(render(iso, Alerts.saying("m")))
                .contains("\"output\":\"2026-11-22T09:43:33.931613982+0000: Warning m\"")
                .contains("{\"evt.time.iso8601\":1795340613931613982}");
    }

    @Test
    void optionalPropertiesCanBeLeftOutOrAsked() {
        AlertShape bare = new AlertShape(false, false, true, false, false, Map.of(), Map.of(), "");
        assertThat(render(bare, Alerts.saying("m")))
                .isEqualTo(
                        "{\"hostname\":\"box\",\"message\":\"m\",\"priority\":\"Warning\","
                                + "\"rule\":\"Some rule\",\"source\":\"syscall\","
                                + "\"time\":\"2026-11-22T09:43:33.931613982Z\"}");
    }

    @Test
    void lineageStandsBetweenHostnameAndOutput() {
        Alert alert =
                Alerts.of(
                        Priority.NOTICE,
                        "m",
                        Map.of(),
                        List.of(
                                Alerts.ancestor(9, "sh", "5b03dbdcbb56"),
                                Alerts.ancestor(1, "init", "host")));
        assertThat(render(AlertShape.DEFAULT, alert))
                .contains(
                        "\"lineage\":[{\"cmdline\":\"sh -x\",\"container\":\"5b03dbdcbb56\","
                                + "\"exe\":\"/usr/bin/sh\",\"name\":\"sh\",\"pid\":9,"
                                + "\"start\":\"2026-11-22T09:43:33.931613982Z\","
                                + "\"start_ns\":90000000,\"tty\":\"pts/0\",\"uid\":0,"
                                + "\"user\":\"root\",\"vpid\":1},"
                                + "{\"cmdline\":\"init -x\",\"container\":\"host\",");
    }

    @Test
    void tagsOfTheAgentAndStaticFieldsAreAddedWhenSet() {
        AlertShape shape =
                new AlertShape(
                        false,
                        false,
                        false,
                        false,
                        true,
                        Map.of("env", "prod"),
                        Map.of("team", "blue"),
                        "c1");
        assertThat(render(shape, Alerts.saying("m")))
                .startsWith("{\"agent\":{\"cluster\":\"c1\",\"tags\":{\"team\":\"blue\"}},")
                .contains("\"output_fields\":{\"env\":\"prod\",\"evt.time\":1795340613931613982}");
    }

    @Test
    void policiesActionsAndSeverityStandBesideFalcosKeys() {
        Verdict verdict =
                new Verdict(
                        "P",
                        "workload",
                        2,
                        "enforce",
                        List.of("kill_process"),
                        List.of(),
                        List.of("pager"),
                        "https://run/book");
        ActionResult done = new ActionResult("process_killed", Status.DONE, "", 1.25);
        ActionResult pending =
                ActionResult.of("container_stopped", Status.PENDING, "still under way");
        Alert alert = Alerts.saying("m").with(List.of(verdict), List.of(done, pending));
        assertThat(render(AlertShape.DEFAULT, alert))
                .startsWith(
                        "{\"actions\":[{\"latency_ms\":1.25,\"reason\":\"\",\"status\":\"done\","
                                + "\"type\":\"process_killed\"},{\"latency_ms\":null,"
                                + "\"reason\":\"still under way\",\"status\":\"pending\","
                                + "\"type\":\"container_stopped\"}],\"hostname\"")
                .contains(
                        "\"policies\":[{\"actions\":[\"kill_process\"],\"channels\":[\"pager\"],"
                                + "\"mode\":\"enforce\",\"name\":\"P\",\"notes\":[],"
                                + "\"runbook\":\"https://run/book\",\"severity\":2,"
                                + "\"type\":\"workload\"}],\"priority\"")
                .contains("\"rule\":\"Some rule\",\"severity\":2,\"source\"");
    }

    @Test
    void idIsMadeOfWhatHappened() {
        AlertShape withId =
                new AlertShape(false, false, false, false, false, Map.of(), Map.of(), "", true);
        assertThat(render(withId, Alerts.saying("m")))
                .isEqualTo(render(withId, Alerts.saying("m")))
                .contains("\"id\":\"" + Alerts.saying("m").id() + "\"");
    }

    @Test
    void wholeLineIsOneLine() {
        assertThat(render(AlertShape.DEFAULT, Alerts.saying("a\nb\r\u0000")))
                .doesNotContain("\n", "\r", "\u0000");
    }
}
