// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static dev.torimono.collector.Forwarders.forwarder;
import static dev.torimono.collector.Forwarders.made;
import static dev.torimono.collector.Forwarders.options;
import static dev.torimono.collector.Forwarders.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.backup.BackupFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupTest {
    private static final String EVENTS = "/secure/events/v1/events?limit=1&filter=";

    private static long total(RunningCollector collector) {
        return collector
                .get(EVENTS, collector.admin())
                .json()
                .path("page")
                .path("total")
                .asLong(-1);
    }

    @Test
    void aBackupOfARunningCollectorIsAWholeCollectorElsewhere(@TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("backup.zip");
        String agent;
        long inSnapshot;
        int told;
        try (RunningCollector collector = new RunningCollector(folder.resolve("a"))) {
            agent = collector.enrol("a");
            made(collector, withToken());
            tellTree(collector, agent);
            AtomicBoolean on = new AtomicBoolean(true);
            AtomicInteger batches = new AtomicInteger();
            Thread load =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        while (on.get()) {
                                            int first = batches.get() * 3;
                                            tell(
                                                    collector, agent, "r", first, first + 1,
                                                    first + 2);
                                            batches.incrementAndGet();
                                        }
                                    });
            while (batches.get() < 20) {
                Thread.sleep(5);
            }
            int before = batches.get() * 3;
            Answer taken = collector.call("POST", "/api/v1/snapshot", collector.admin(), "");
            assertThat(taken.status()).as(taken.text()).isEqualTo(201);
            assertThat(Schema.misfits(taken.json(), "Snapshot")).isEmpty();
            inSnapshot = taken.json().path("events").asLong();
            assertThat(inSnapshot).isGreaterThanOrEqualTo(before);
            int atSnapshot = batches.get();
            while (batches.get() < atSnapshot + 20) {
                Thread.sleep(5);
            }
            BackupFile.write(Path.of(taken.json().path("folder").asString()), file);
            on.set(false);
            load.join();
            told = batches.get() * 3;
            assertThat(collector.call("DELETE", "/api/v1/snapshot", collector.admin(), "").status())
                    .isEqualTo(204);
            assertThat(folder.resolve("a/snapshot")).doesNotExist();
            assertThat(total(collector)).isEqualTo(told + 1);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        BackupFile.restore(file, folder.resolve("b"));
        try (RunningCollector collector = new RunningCollector(folder.resolve("b"))) {
            assertThat(total(collector)).isEqualTo(inSnapshot);
            assertThat(tree(collector)).contains("\"source\":\"activity\"", "in the backup");
            assertThat(collector.get("/api/v1/forwarders", collector.admin()).text())
                    .contains("\"secretsSet\":[\"token\"]");
            // The agent is known, and what it tells again of the time in between is kept once.
            for (int number = 0; number < told; number++) {
                tell(collector, agent, "r", number);
            }
            assertThat(total(collector)).isEqualTo(told + 1);
        }
    }

    /** An alert with a lineage, and what its tree did. */
    private static void tellTree(RunningCollector collector, String agent) {
        String process = "\"pid\":7,\"start_ns\":70000000,\"name\":\"sh\",\"container\":\"host\"";
        String alert =
                "{\"key\":\"t1\",\"alert\":{\"rule\":\"tree\",\"time\":\"2026-11-25T10:00:00Z\","
                        + "\"priority\":\"Notice\",\"lineage\":[{"
                        + process
                        + "}]}}";
        String deed =
                "{\"key\":\"t2\",\"alert\":{\"activity\":{\"container\":\"host\",\"time\":1,"
                        + "\"left_out\":{},\"deeds\":[{\"kind\":\"exec\",\"time\":1795600800000000000,"
                        + "\"cmdline\":\"in the backup\","
                        + process.replace(":7,", ":8,")
                        + ",\"parent\":{"
                        + process
                        + "}}]}}}";
        Answer answer =
                collector.call("POST", "/fleet/v1/alerts", agent, alert + "\n" + deed + "\n");
        assertThat(answer.object().path("refused").asInt()).as(answer.text()).isZero();
    }

    private static String tree(RunningCollector collector) {
        String id =
                collector
                        .get(EVENTS + "ruleName%3Dtree", collector.admin())
                        .json()
                        .at("/data/0/id")
                        .asString("");
        return collector.get("/api/process-tree/v1/process-trees/" + id, collector.admin()).text();
    }

    private static tools.jackson.databind.node.ObjectNode withToken() {
        var splunk = forwarder("splunk", "SPLUNK").put("enabled", false);
        options(splunk).put("url", "https://splunk.example.org").put("token", "T0KEN");
        return splunk;
    }

    @Test
    void aDamagedOrUnfinishedBackupIsRefusedAndChangesNothing(@TempDir Path folder)
            throws IOException {
        Path from = folder.resolve("from");
        Files.createDirectories(from.resolve("store"));
        Files.writeString(from.resolve("store/a"), "content".repeat(1000));
        Path file = folder.resolve("backup.zip");
        BackupFile.write(from, file);
        Path to = folder.resolve("to");
        Files.createDirectories(to);
        Files.writeString(to.resolve("there"), "something");
        assertThatThrownBy(() -> BackupFile.restore(file, to)).hasMessageContaining("is not empty");
        assertThat(to.resolve("there")).exists();
        byte[] whole = Files.readAllBytes(file);
        whole[60] ^= 1;
        Path damaged = folder.resolve("damaged.zip");
        Files.write(damaged, whole, StandardOpenOption.CREATE);
        Path other = folder.resolve("other");
        assertThatThrownBy(() -> BackupFile.restore(damaged, other))
                .isInstanceOf(IOException.class);
        assertThat(other).doesNotExist();
        assertThat(folder.resolve("other.restoring")).doesNotExist();
        Files.write(
                folder.resolve("cut.zip"), java.util.Arrays.copyOf(Files.readAllBytes(file), 200));
        assertThatThrownBy(() -> BackupFile.restore(folder.resolve("cut.zip"), other))
                .isInstanceOf(IOException.class);
    }
}
