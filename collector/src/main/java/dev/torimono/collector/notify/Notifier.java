// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.notify.Deliveries.Delivery;
import dev.torimono.collector.state.Database;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import java.io.IOException;
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
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notifies the channels that the policies of an event name. What is to be told lies in the database
 * until its channel has taken it. A thread of its own looks what is due; each channel is delivered
 * to on another, so that a slow one delays nobody.
 */
public final class Notifier implements AutoCloseable {
    private static final long EVERY_SECONDS = 60;
    private static final long IDLE_MS = 1000;
    private static final int TOGETHER = 20;
    private static final Duration END = Duration.ofSeconds(10);
    private static final System.Logger LOG = System.getLogger("torimono.notify");

    private final Documents documents;
    private final InstantSource clock;
    private final Deliveries deliveries;
    private final Throttle throttle;
    private final MailServer mail;
    private final MailSender mailSender;
    private final WebSender webSender = new WebSender();
    private final Map<Long, ChannelState> states = new ConcurrentHashMap<>();
    private final Map<Long, Thread> busy = new ConcurrentHashMap<>();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Object wake = new Object();
    private final Thread thread;
    private volatile boolean closing;

    /**
     * @param mail what e-mail is sent by where a channel does not say
     */
    public Notifier(Database database, Documents documents, MailServer mail, InstantSource clock) {
        this.documents = documents;
        this.clock = clock;
        this.deliveries = new Deliveries(database, clock);
        this.throttle = new Throttle(clock);
        this.mail = mail;
        this.mailSender = new MailSender(mail, clock);
        this.thread = Thread.ofPlatform().daemon().name("notify").start(this::run);
    }

    /** Whether any channel is to be told of an event. */
    public static boolean concerns(ObjectNode event) {
        return !channels(event).isEmpty();
    }

    /** Takes note of what is to be told of some events. */
    public void told(List<ObjectNode> events) {
        for (ObjectNode event : events) {
            channels(event).forEach(name -> tell(name, event));
        }
    }

    private static Set<String> channels(ObjectNode event) {
        JsonNode policies = event.path("content").path("policies");
        if (policies.isEmpty()) {
            return Set.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode policy : policies) {
            policy.path("channels").forEach(name -> names.add(name.asString("")));
        }
        return names;
    }

    private void tell(String name, ObjectNode event) {
        for (Document channel : documents.named(Kind.CHANNEL, name)) {
            if (!channel.body().path("enabled").asBoolean(true)) {
                continue;
            }
            String kind =
                    event.path("name").asString("")
                            + "\n"
                            + event.path("content").path("ruleName").asString("")
                            + "\n"
                            + event.path("containerId").asString("")
                            + "\n"
                            + event.path("agentId").asString("");
            JsonNode options = channel.body().path("options");
            long everyMs =
                    TimeUnit.SECONDS.toMillis(options.path("everySeconds").asLong(EVERY_SECONDS));
            long suppressed =
                    throttle.admit(
                            channel.id(), kind, everyMs, options.path("maxPerHour").asLong(0));
            if (suppressed >= 0) {
                enqueue(channel, event, suppressed);
            }
        }
    }

    private void enqueue(Document channel, ObjectNode event, long suppressed) {
        String body = new String(Json.bytes(event), StandardCharsets.UTF_8);
        if (!deliveries.add(channel.id(), body, suppressed)) {
            lost.incrementAndGet();
            update(channel.id(), ChannelState::lostOne);
            return;
        }
        synchronized (wake) {
            wake.notifyAll();
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
        return attempt(
                channel, (type, options) -> sender(type).send(type, options, new Told(event, 0)));
    }

    private void run() {
        while (!closing) {
            try {
                for (long channel : deliveries.dueChannels()) {
                    busy.computeIfAbsent(
                            channel, _ -> Thread.ofVirtual().unstarted(() -> deliverAll(channel)));
                }
                busy.values().stream()
                        .filter(each -> each.getState() == Thread.State.NEW)
                        .forEach(Thread::start);
                synchronized (wake) {
                    wake.wait(IDLE_MS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "notify: internal error", e);
            }
        }
    }

    private void deliverAll(long channel) {
        try {
            List<Delivery> due = deliveries.due(channel, TOGETHER);
            while (!due.isEmpty() && !closing) {
                for (Delivery delivery : due) {
                    if (!closing) {
                        deliver(delivery);
                    }
                }
                due = deliveries.due(channel, TOGETHER);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "notify: internal error", e);
        } finally {
            busy.remove(channel);
        }
    }

    private void deliver(Delivery delivery) {
        Document channel = documents.byId(Kind.CHANNEL, delivery.channel()).orElse(null);
        if (channel == null) {
            lost.incrementAndGet();
            deliveries.done(delivery);
            return;
        }
        String why = attempt(channel, (type, options) -> send(delivery, type, options));
        if (why.isEmpty()) {
            delivered.incrementAndGet();
            deliveries.done(delivery);
        } else if (!closing && !deliveries.later(delivery)) {
            lost.incrementAndGet();
            update(channel.id(), ChannelState::lostOne);
        }
    }

    private void send(Delivery delivery, ChannelType type, JsonNode options)
            throws IOException, InterruptedException {
        if (delivery.suppressed() < 0) {
            webSender.post(type, options, delivery.bytes());
        } else {
            Told told = new Told(Json.object(delivery.bytes()), delivery.suppressed());
            sender(type).send(type, options, told);
        }
    }

    private Sender sender(ChannelType type) {
        return switch (type) {
            case EMAIL -> mailSender;
            case WEBHOOK, SLACK, MS_TEAMS, PAGER_DUTY -> webSender;
        };
    }

    @FunctionalInterface
    private interface Attempt {
        void run(ChannelType type, JsonNode options) throws IOException, InterruptedException;
    }

    /** Empty when it was taken. */
    private String attempt(Document channel, Attempt attempt) {
        String why = outcome(channel, attempt);
        update(
                channel.id(),
                state -> why.isEmpty() ? state.taken(clock.millis()) : state.failed(why));
        return why;
    }

    private static String outcome(Document channel, Attempt attempt) {
        ChannelType type = ChannelType.of(channel.body().path("type").asString(""));
        if (type == null) {
            return "this type is not supported";
        }
        try {
            attempt.run(type, channel.body().path("options"));
            return "";
        } catch (IOException | IllegalArgumentException e) {
            String message = e.getMessage();
            return message == null ? e.getClass().getSimpleName() : message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private void update(long channel, UnaryOperator<ChannelState> change) {
        states.compute(channel, (_, old) -> change.apply(old == null ? ChannelState.NEW : old));
    }

    public ChannelState state(long channel) {
        return states.getOrDefault(channel, ChannelState.NEW);
    }

    /** What e-mail is sent by where a channel does not say. */
    public MailServer mail() {
        return mail;
    }

    public long delivered() {
        return delivered.get();
    }

    /** Notifications that will never arrive. */
    public long lost() {
        return lost.get();
    }

    public long waiting() {
        return deliveries.waiting();
    }

    public long waiting(long channel) {
        return deliveries.waiting(channel);
    }

    @Override
    public void close() {
        closing = true;
        synchronized (wake) {
            wake.notifyAll();
        }
        webSender.close();
        mailSender.close();
        busy.values().forEach(Thread::interrupt);
        try {
            thread.join(END);
            for (Thread each : List.copyOf(busy.values())) {
                each.join(END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
