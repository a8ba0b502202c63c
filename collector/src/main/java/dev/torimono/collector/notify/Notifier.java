// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Database;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.store.StoredEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notifies the channels that the policies of an event name. What is to be told lies in the database
 * until its channel has taken it; a thread of its own delivers.
 */
public final class Notifier implements AutoCloseable {
    private static final long EVERY_MS = 60_000;
    private static final long IDLE_MS = 1000;
    private static final long FIRST_RETRY_MS = 2000;
    private static final int MAX_SHIFT = 7;
    private static final long GIVE_UP_MS = TimeUnit.DAYS.toMillis(1);
    private static final int TOGETHER = 20;
    private static final int MAX_WAITING = 10_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int TOO_MANY = 429;
    private static final int TIMED_OUT = 408;

    private final Database database;
    private final Documents documents;
    private final InstantSource clock;
    private final Throttle throttle;
    private final Map<Long, String> states = new ConcurrentHashMap<>();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(TIMEOUT)
                    .build();
    private final Object wake = new Object();
    private final Thread thread;
    private volatile boolean closing;

    public Notifier(Database database, Documents documents, InstantSource clock) {
        this.database = database;
        this.documents = documents;
        this.clock = clock;
        this.throttle = new Throttle(clock, EVERY_MS);
        this.thread = Thread.ofPlatform().daemon().name("notify").start(this::run);
    }

    private record Delivery(long id, long channel, String body, int attempts, long createdMs) {}

    /** Takes note of what is to be told of some events. */
    public void told(List<StoredEvent> events) {
        for (StoredEvent stored : events) {
            ObjectNode event = Json.object(stored.body());
            Set<String> names = new LinkedHashSet<>();
            for (JsonNode policy : event.path("content").path("policies")) {
                policy.path("channels").forEach(name -> names.add(name.asString("")));
            }
            names.forEach(name -> tell(name, event));
        }
    }

    private void tell(String name, ObjectNode event) {
        for (Document channel : documents.named(Kind.CHANNEL, name)) {
            String key =
                    channel.id()
                            + "\n"
                            + event.path("name").asString("")
                            + "\n"
                            + event.path("content").path("ruleName").asString("")
                            + "\n"
                            + event.path("containerId").asString("")
                            + "\n"
                            + event.path("agentId").asString("");
            boolean enabled = channel.body().path("enabled").asBoolean(true);
            long suppressed = enabled ? throttle.admit(key) : -1;
            if (suppressed >= 0) {
                enqueue(channel, event, suppressed);
            }
        }
    }

    /** Has a channel told of something made up; tells what came of it: empty when it was taken. */
    public String test(Document channel) {
        ObjectNode event = Json.object();
        event.put("id", "test").put("name", "Test of a channel").put("severity", 7);
        event.putObject("content")
                .put("ruleName", "Test of a channel")
                .put("output", "Torimono can reach this channel.");
        event.putObject("labels").put("host.hostName", "collector");
        return post(channel, message(channel, event, 0));
    }

    private static String message(Document channel, ObjectNode event, long suppressed) {
        ChannelType type = ChannelType.of(channel.body().path("type").asString(""));
        JsonNode options = channel.body().path("options");
        ObjectNode message = type == null ? event : type.message(event, options, suppressed);
        return new String(Json.bytes(message), StandardCharsets.UTF_8);
    }

    private void enqueue(Document channel, ObjectNode event, long suppressed) {
        long waiting =
                database.first("SELECT count(*) FROM delivery", row -> row.getLong(1)).orElse(0L);
        if (waiting >= MAX_WAITING) {
            lost.incrementAndGet();
            return;
        }
        database.insert(
                "INSERT INTO delivery (channel, body, due, created) VALUES (?, ?, ?, ?)",
                channel.id(),
                message(channel, event, suppressed),
                clock.millis(),
                clock.millis());
        synchronized (wake) {
            wake.notifyAll();
        }
    }

    private void run() {
        while (!closing) {
            try {
                if (!deliverSome()) {
                    synchronized (wake) {
                        wake.wait(IDLE_MS);
                    }
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                System.getLogger("torimono.notify")
                        .log(System.Logger.Level.ERROR, "notify: internal error", e);
            }
        }
    }

    /** Whether there was anything to do. */
    private boolean deliverSome() throws InterruptedException {
        List<Delivery> due =
                database.list(
                        "SELECT id, channel, body, attempts, created FROM delivery WHERE due <= ?"
                                + " ORDER BY id LIMIT ?",
                        row ->
                                new Delivery(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getString(3),
                                        row.getInt(4),
                                        row.getLong(5)),
                        clock.millis(),
                        TOGETHER);
        for (Delivery delivery : due) {
            if (closing) {
                return false;
            }
            deliver(delivery);
        }
        return !due.isEmpty();
    }

    private void deliver(Delivery delivery) {
        Document channel = documents.byId(Kind.CHANNEL, delivery.channel()).orElse(null);
        String why = channel == null ? "" : post(channel, delivery.body());
        boolean tooLate = clock.millis() - delivery.createdMs() > GIVE_UP_MS;
        if (why.isEmpty() || tooLate) {
            (why.isEmpty() && channel != null ? delivered : lost).incrementAndGet();
            database.change("DELETE FROM delivery WHERE id = ?", delivery.id());
            return;
        }
        long waitMs = FIRST_RETRY_MS << Math.min(delivery.attempts(), MAX_SHIFT);
        database.change(
                "UPDATE delivery SET attempts = attempts + 1, due = ? WHERE id = ?",
                clock.millis() + waitMs,
                delivery.id());
    }

    /** Empty when it was taken. */
    private String post(Document channel, String body) {
        String why = attempt(channel, body);
        states.put(channel.id(), why);
        return why;
    }

    private String attempt(Document channel, String body) {
        JsonNode options = channel.body().path("options");
        ChannelType type = ChannelType.of(channel.body().path("type").asString(""));
        if (type == null) {
            return "this type is not supported";
        }
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(type.url(options)))
                            .timeout(TIMEOUT)
                            .header("Content-Type", "application/json")
                            .header("User-Agent", "torimono");
            options.path("additionalHeaders")
                    .properties()
                    .forEach(
                            entry ->
                                    request.setHeader(
                                            entry.getKey(), entry.getValue().asString("")));
            HttpResponse<Void> response =
                    client.send(
                            request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                            HttpResponse.BodyHandlers.discarding());
            int status = response.statusCode();
            boolean maybeLater = status >= 500 || status == TOO_MANY || status == TIMED_OUT;
            return status / 100 == 2
                    ? ""
                    : "it answered " + status + (maybeLater ? "" : "; is its address right?");
        } catch (IOException | IllegalArgumentException e) {
            String message = e.getMessage();
            return message == null ? e.getClass().getSimpleName() : message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Why a channel last took nothing; empty when it did, or has not been tried. */
    public String state(long channel) {
        return states.getOrDefault(channel, "");
    }

    public long delivered() {
        return delivered.get();
    }

    /** Notifications that will never arrive. */
    public long lost() {
        return lost.get();
    }

    public long waiting() {
        return database.first("SELECT count(*) FROM delivery", row -> row.getLong(1)).orElse(0L);
    }

    @Override
    public void close() {
        closing = true;
        synchronized (wake) {
            wake.notifyAll();
        }
        client.shutdownNow();
        try {
            thread.join(TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
