// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static dev.torimono.collector.Forwarders.tell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.Sample;
import dev.torimono.collector.store.SmallDisk;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A collector whose disk is full says so to everybody, and goes on when there is room. */
final class FullDiskCollectorTest {
    private static final int MIB = 1 << 20;

    private static Answer told(RunningCollector collector, String agent, String key) {
        ObjectNode line = Json.object().put("key", key);
        line.set("alert", Sample.alert(key, 1));
        return collector.call("POST", "/fleet/v1/alerts", agent, Json.bytes(line));
    }

    private static void awaitReady(RunningCollector collector, int status) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (collector.get("/readyz", "").status() != status) {
            assertThat(System.nanoTime() - endNs).isNegative();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void itRefusesWhatItCannotKeepAndTakesItLater(@TempDir Path folder) throws Exception {
        try (SmallDisk disk = new SmallDisk(folder, 96);
                RunningCollector collector = new RunningCollector(folder.resolve("data"))) {
            String agent = collector.enrol("a");
            tell(collector, agent, "before", 1, 2, 3);
            disk.leave(12 * MIB);
            Answer refused = told(collector, agent, "refused");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().path("code").asString()).isEqualTo("busy");
            assertThat(refused.json().path("message").asString()).contains("of the disk are free");
            awaitReady(collector, 503);
            assertThat(collector.get("/readyz", "").text()).contains("nothing is taken until");
            assertThat(collector.get("/metrics", collector.admin()).text())
                    .contains("torimono_store_up 0");
            // What is there is still found, and agents are still heard.
            assertThat(events(collector)).isEqualTo(3);
            disk.makeRoom();
            awaitReady(collector, 200);
            assertThat(told(collector, agent, "refused").status()).isEqualTo(200);
            assertThat(events(collector)).isEqualTo(4);
        }
    }

    private static int events(RunningCollector collector) {
        Answer answer = collector.get("/secure/events/v1/events", collector.admin());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("data").size();
    }
}
