// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Database;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.state.Vault;
import dev.torimono.collector.store.MemoryEventStore;
import dev.torimono.collector.store.Retention;
import dev.torimono.collector.store.Sample;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

final class ForwardersTest {
    @Test
    void whatExpiresBeforeItWasTakenIsCountedAsLost(@TempDir Path folder) throws Exception {
        InstantSource clock = InstantSource.system();
        try (Database database = new Database(folder.resolve("collector.db"));
                MemoryEventStore store = new MemoryEventStore()) {
            Documents documents =
                    new Documents(database, Vault.in(folder.resolve("secret.key")), clock);
            ObjectNode given = Json.object().put("type", "SYSLOG");
            // Nobody listens on the port of discard.
            given.putObject("options").put("host", "127.0.0.1").put("port", 9);
            ObjectNode body = ForwarderBody.of(given, Json.object());
            Document made = documents.create(Kind.FORWARDER, "syslog", body, "test");
            try (Forwarders forwarders =
                    new Forwarders(documents, store, new Cursors(database), folder, clock)) {
                store.append(List.of(Sample.event("old", 0), Sample.event("old", 1)));
                store.append(List.of(Sample.event("young", 10 * 86_400)));
                Retention retention = new Retention(TimeUnit.DAYS.toNanos(5), 1L << 40);
                forwarders.losing(() -> store.expire(retention, Sample.ns(10 * 86_400)));
                ForwarderState state = forwarders.state(made.id());
                assertThat(state.lost()).isEqualTo(2);
                assertThat(state.waiting()).isEqualTo(1);
                assertThat(state.delivered()).isZero();
            }
            try (Forwarders forwarders =
                    new Forwarders(documents, store, new Cursors(database), folder, clock)) {
                assertThat(forwarders.state(made.id()).lost()).isEqualTo(2);
            }
        }
    }
}
