// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.triage;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Triage;
import dev.torimono.collector.query.Filter;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventPage;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.EventStore.Direction;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts alerts that belong together into one incident: those of a container, or on the host those of
 * a tree of processes, while not too much time lies between them. An incident is named by the event
 * that began it, and is nothing but the events that name it. Any thread.
 */
public final class Incidents {
    /** More time than this between two alerts makes two incidents. */
    public static final long GAP_NS = TimeUnit.HOURS.toNanos(2);

    /** What goes on for longer is told as another one. */
    public static final long LONGEST_NS = TimeUnit.HOURS.toNanos(24);

    public static final String ID = "incidentId";

    /** By what the next alert is recognised as one of it. */
    public static final String KEY = "incidentKey";

    /** Some 30 MB when all are taken. */
    private static final int REMEMBERED = 200_000;

    /** Of what was kept before we started so much is looked through; more is asked one by one. */
    private static final int MAX_EARLIER = 200_000;

    /** They begin sessions and services that have nothing to do with each other. */
    private static final Set<String> LAUNCHERS =
            Set.of(
                    "systemd",
                    "init",
                    "sshd",
                    "sshd-session",
                    "login",
                    "cron",
                    "crond",
                    "atd",
                    "containerd",
                    "containerd-shim",
                    "dockerd",
                    "kubelet",
                    "supervisord",
                    "runit");

    private static final int SYSTEM_PIDS = 2;

    private final EventStore store;
    private final Map<Long, Open> open =
            new LinkedHashMap<>(256, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Open> eldest) {
                    boolean full = size() > REMEMBERED;
                    if (full) {
                        completeFromNs = Math.max(completeFromNs, eldest.getValue().lastNs());
                    }
                    return full;
                }
            };

    /** Keys of what was kept before we started and has not been asked for since. */
    private final Set<Long> earlier = new HashSet<>();

    /** Of every key that has an event after it we know, here or in {@link #earlier}. */
    private long completeFromNs;

    /** One that takes in more. */
    private record Open(EventId id, long lastNs) {
        boolean takes(long timeNs) {
            return timeNs <= lastNs + GAP_NS
                    && timeNs >= id.timeNs() - GAP_NS
                    && timeNs <= id.timeNs() + LONGEST_NS;
        }
    }

    /**
     * @param nowNs ns since the epoch
     */
    public Incidents(EventStore store, long nowNs) {
        this.store = store;
        // All that an alert of now, or of up to one gap ago, can belong to.
        EventRange recent =
                new EventRange(Math.max(nowNs - 2 * GAP_NS, 0), Long.MAX_VALUE, Filter.ALL);
        if (store.count(recent) > MAX_EARLIER) {
            completeFromNs = Long.MAX_VALUE;
            return;
        }
        completeFromNs = store.count(EventRange.ALL) == 0 ? 0 : recent.fromNs();
        store.counts(recent, KEY, MAX_EARLIER).keySet().forEach(key -> earlier.add(number(key)));
    }

    /** Names the incident of an event in it; those that are about ourselves have none. */
    void assign(ObjectNode event) {
        EventId id = EventId.parse(event.path("id").asString(""));
        if (id == null || event.path("source").asString("").equals("internal")) {
            return;
        }
        String key = key(event);
        event.put(KEY, key);
        event.put(ID, assign(key, id).toString());
    }

    private synchronized EventId assign(String key, EventId event) {
        Long number = number(key);
        Open last = open.get(number);
        Open known = last;
        if (known == null || !known.takes(event.timeNs())) {
            known = mayBeKept(number, event.timeNs(), last) ? kept(key, event.timeNs()) : null;
        }
        Open now =
                known == null
                        ? new Open(event, event.timeNs())
                        : new Open(known.id(), Math.max(known.lastNs(), event.timeNs()));
        if (last == null || now.lastNs() >= last.lastNs()) {
            // What comes late must not hide the one that goes on.
            open.put(number, now);
        }
        return now.id();
    }

    /**
     * Whether the store can know of an incident that we do not: asking it for each would be slow.
     */
    private boolean mayBeKept(Long key, long timeNs, @Nullable Open known) {
        boolean wasEarlier = earlier.remove(key);
        boolean isOlder = known != null && timeNs < known.lastNs();
        return wasEarlier || isOlder || timeNs - GAP_NS < completeFromNs;
    }

    /** What the store knows: we may have started anew, or forgotten. */
    private @Nullable Open kept(String key, long timeNs) {
        EventRange near =
                new EventRange(
                        Math.max(timeNs - GAP_NS, 0),
                        timeNs > Long.MAX_VALUE - GAP_NS ? Long.MAX_VALUE : timeNs + GAP_NS,
                        new Filter.In(KEY, List.of(key)));
        EventPage page = store.find(near, null, Direction.OLDER, 1);
        if (page.events().isEmpty()) {
            return null;
        }
        ObjectNode last = Json.object(page.events().getFirst().body());
        EventId id = EventId.parse(last.path(ID).asString(""));
        boolean closed = Triage.status(last) == Triage.Status.CLOSED;
        if (id == null || closed) {
            return null;
        }
        Open one = new Open(id, page.events().getFirst().id().timeNs());
        return one.takes(timeNs) ? one : null;
    }

    /** One is closed: what comes from now on begins another one. */
    public synchronized void closed(EventId id) {
        open.values().removeIf(one -> one.id().equals(id));
    }

    private static String key(ObjectNode event) {
        String agent = event.path("agentId").asString("");
        String where =
                agent.isEmpty()
                        ? "host " + event.path("labels").path("host.hostName").asString("")
                        : agent;
        String container = event.path("containerId").asString("");
        String what = container.isEmpty() ? "tree " + root(event) : container;
        return HexFormat.of().toHexDigits(EventId.of(0, where + '\n' + what).tie());
    }

    /** A key as a number; another one where somebody else has made it. */
    private static long number(String key) {
        try {
            return HexFormat.fromHexDigitsToLong(key);
        } catch (IllegalArgumentException e) {
            return EventId.of(0, key).tie();
        }
    }

    private static String root(ObjectNode event) {
        JsonNode root = rootOf(event);
        long boot = root.path("start_ns").asLong(0);
        // Told coarsely or exactly: the same within a tick.
        String start =
                boot > 0 ? Long.toString(boot / 10_000_000) : root.path("start").asString("");
        return root.path("pid").asLong(0) + " " + start;
    }

    /** The process that stands at the top of what belongs together; nothing without a lineage. */
    public static JsonNode rootOf(ObjectNode event) {
        JsonNode lineage = event.path("content").path("lineage");
        for (int i = lineage.size() - 1; i >= 0; i--) {
            JsonNode process = lineage.get(i);
            boolean launches =
                    process.path("pid").asLong(0) <= SYSTEM_PIDS
                            || LAUNCHERS.contains(process.path("name").asString(""));
            if (!launches) {
                return process;
            }
        }
        return lineage.path(0);
    }
}
