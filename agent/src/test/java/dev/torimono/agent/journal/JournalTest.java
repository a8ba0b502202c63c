// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.Alerts;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.format.AlertShape;
import dev.torimono.agent.format.JsonFormat;
import dev.torimono.agent.output.Line;
import dev.torimono.model.ActionResult;
import dev.torimono.model.ActionResult.Status;
import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import dev.torimono.model.Priority;
import dev.torimono.model.Verdict;
import dev.torimono.response.past.PastFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir private Path folder;

    private static Alert alert() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("proc.name", "sh");
        fields.put("user.name", null);
        Verdict verdict =
                new Verdict("P", "workload", 2, "monitor", List.of(), List.of(), List.of(), "");
        return Alerts.of(
                        Priority.NOTICE,
                        "m",
                        fields,
                        List.of(Alerts.ancestor(9, "sh", "5b03dbdcbb56")))
                .in(container())
                .with(
                        List.of(verdict),
                        List.of(ActionResult.of("process_killed", Status.MONITORED, "")));
    }

    private static Container container() {
        return new Container(
                "0123456789ab",
                "0123456789abcdef",
                "test",
                "docker",
                "shop:1",
                "sha256:1",
                "shop",
                "1",
                "sha256:2",
                true,
                Map.of("tier", "front"),
                List.of(),
                "10.0.0.1",
                0,
                false,
                true,
                false,
                "",
                new Container.Pod("p", "ns", "u", "s", Map.of("app", "x"), "10.0.0.2"),
                false);
    }

    private Path written(int count, long maxBytes) throws IOException {
        Path path = folder.resolve("journal.jsonl");
        try (JournalOutput output = new JournalOutput(new AgentConfig.File(path, maxBytes, 9))) {
            for (int i = 0; i < count; i++) {
                output.write(new Line(alert(), new JsonFormat(AlertShape.DEFAULT, ZoneOffset.UTC)));
            }
        }
        return path;
    }

    @Test
    void whatWasToldIsReadBackWithItsContainer() throws IOException {
        PastFinding finding =
                Journal.read(written(1, 0), Instant.EPOCH).find(alert().id()).orElseThrow();

        assertThat(finding.rule()).isEqualTo("Some rule");
        assertThat(finding.tags()).containsExactly("a", "b");
        assertThat(finding.timeNs()).isEqualTo(Alerts.TIME_NS);
        assertThat(finding.container()).isEqualTo(container());
        assertThat(finding.process()).isEqualTo("sh -x");
        assertThat(finding.fields())
                .containsEntry("proc.name", "sh")
                .containsEntry("user.name", null);
        assertThat(finding.policies()).containsExactly("P");
        assertThat(finding.actions()).containsExactly("process_killed monitored");
        assertThat(finding.place()).isEqualTo("test (shop:1)");
    }

    @Test
    void rotatedFilesBelongToItAndWhatIsOlderIsLeftOut() throws IOException {
        Path path = written(5, 1);

        assertThat(Journal.read(path, Instant.EPOCH).findings()).hasSize(5);
        Journal none = Journal.read(path, Instant.ofEpochSecond(0, Alerts.TIME_NS + 1));
        assertThat(none.findings()).isEmpty();
        assertThat(none.oldest()).contains(Instant.ofEpochSecond(0, Alerts.TIME_NS));
    }

    @Test
    void brokenLinesAreCountedAndTheRestIsRead() throws IOException {
        Path path = written(1, 0);
        Files.writeString(path, "{\"alert\":{\"ru\n[]\n", StandardOpenOption.APPEND);

        Journal journal = Journal.read(path, Instant.EPOCH);
        assertThat(journal.broken()).isEqualTo(2);
        assertThat(journal.findings()).hasSize(1);
    }

    @Test
    void absentJournalIsEmpty() {
        Journal journal = Journal.read(folder.resolve("none"), Instant.EPOCH);
        assertThat(journal).isEqualTo(new Journal(List.of(), Optional.empty(), 0));
    }
}
