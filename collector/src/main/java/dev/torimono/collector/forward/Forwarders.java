// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.forward.Cursors.Cursor;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.store.EventStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Every forwarder there is; each change of one has it begin anew from where it had come. */
public final class Forwarders implements AutoCloseable {
    private final Documents documents;
    private final EventStore store;
    private final Cursors cursors;
    private final Path folder;
    private final InstantSource clock;
    private final Map<Long, Running> running = new HashMap<>();
    private boolean closed;

    private record Running(long version, @Nullable Forwarding forwarding) {}

    /**
     * Starts those that are there.
     *
     * @param folder where files are written
     */
    public Forwarders(
            Documents documents,
            EventStore store,
            Cursors cursors,
            Path folder,
            InstantSource clock) {
        this.documents = documents;
        this.store = store;
        this.cursors = cursors;
        this.folder = folder;
        this.clock = clock;
        documents.onChange(
                kind -> {
                    if (kind == Kind.FORWARDER) {
                        reconcile();
                    }
                });
        reconcile();
    }

    private synchronized void reconcile() {
        if (closed) {
            return;
        }
        List<Document> wanted = documents.all(Kind.FORWARDER);
        Set<Long> gone = new HashSet<>(running.keySet());
        wanted.forEach(document -> gone.remove(document.id()));
        for (long id : gone) {
            stop(id);
            cursors.forget(id);
        }
        for (Document document : wanted) {
            Running now = running.get(document.id());
            if (now == null || now.version() != document.version()) {
                stop(document.id());
                running.put(document.id(), new Running(document.version(), start(document)));
            }
        }
    }

    private void stop(long id) {
        Running old = running.remove(id);
        if (old != null && old.forwarding() != null) {
            old.forwarding().close();
        }
    }

    private @Nullable Forwarding start(Document document) {
        ObjectNode body = document.body();
        Cursor from =
                cursors.of(document.id())
                        .orElseGet(
                                () ->
                                        new Cursor(
                                                body.path("from").asString("").equals("beginning")
                                                        ? 0
                                                        : store.arrivals(),
                                                0,
                                                0,
                                                0,
                                                0));
        cursors.keep(document.id(), from);
        if (!body.path("enabled").asBoolean(true)) {
            return null;
        }
        return new Forwarding(
                document.id(),
                document.name(),
                ForwarderBody.filter(body),
                from,
                () -> open(document),
                store,
                cursors,
                clock);
    }

    private Target open(Document document) throws IOException {
        TargetType type = TargetType.of(document.body().path("type").asString(""));
        if (type == null) {
            throw new IOException("this type is not supported");
        }
        return type.open(document.body().path("options"), folder, clock);
    }

    /** Hands over something made up; tells what came of it: empty when it was taken. */
    public String test(Document document) {
        ObjectNode event = Json.object();
        long nowMs = clock.millis();
        event.put("id", "%032x".formatted(nowMs));
        event.put("timestamp", TimeUnit.MILLISECONDS.toNanos(nowMs));
        event.put("name", "Test of a forwarder").put("severity", 7).put("category", "test");
        event.putArray("actions");
        event.putObject("content")
                .put("ruleName", "Test of a forwarder")
                .put("output", "Torimono can reach this target.")
                .putObject("fields");
        event.putObject("labels").put("host.hostName", "collector");
        try (Target target = open(document)) {
            int refused = target.send(List.of(Shipment.of(event)));
            return refused == 0 ? "" : "it refuses the event";
        } catch (IOException | IllegalArgumentException e) {
            String message = e.getMessage();
            return message == null ? e.getClass().getSimpleName() : message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** How one fares. */
    public synchronized ForwarderState state(long id) {
        Running now = running.get(id);
        if (now != null && now.forwarding() != null) {
            return now.forwarding().state();
        }
        return cursors.of(id)
                .map(
                        cursor ->
                                new ForwarderState(
                                        "",
                                        0,
                                        cursor.delivered(),
                                        cursor.refused(),
                                        cursor.lost(),
                                        0,
                                        cursor.deliveredMs()))
                .orElseGet(() -> new ForwarderState("", 0, 0, 0, 0, 0, 0));
    }

    /** Has each count what it would still have forwarded and is let go of meanwhile. */
    public void losing(Runnable expiry) {
        Map<Forwarding, Long> before = new HashMap<>();
        synchronized (this) {
            for (Running each : running.values()) {
                Forwarding forwarding = each.forwarding();
                if (forwarding != null) {
                    before.put(forwarding, forwarding.toldOfAndWaiting());
                }
            }
        }
        expiry.run();
        before.forEach(Forwarding::countLost);
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (long id : Set.copyOf(running.keySet())) {
            stop(id);
        }
    }
}
