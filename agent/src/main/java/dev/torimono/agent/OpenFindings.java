// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
import dev.torimono.rules.OpenMatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was found in containers that are not described yet, by container, until it can be decided:
 * when the runtime has told, or has said that it knows nothing, or after half a minute. Bounded for
 * each container and in all; what finds no room is decided at once by what is known. The pipeline's
 * thread.
 */
final class OpenFindings {
    static final int MOST = 4096;
    static final int MOST_OF_ONE = 1024;

    /** Longer than a runtime is asked for a container. */
    private static final long DECIDE_NS = 30_000_000_000L;

    private final Map<String, Deque<Waiting>> byContainer = new LinkedHashMap<>();
    private int size;

    /**
     * One event's findings.
     *
     * @param match what was found
     * @param lineage of who did it
     * @param told ids of the alerts that did not wait
     * @param untilNs when it is decided by what is known
     */
    record Waiting(OpenMatch match, List<Ancestor> lineage, Set<String> told, long untilNs) {
        Waiting(OpenMatch match, List<Ancestor> lineage, long now) {
            this(match, lineage, new HashSet<>(), now + DECIDE_NS);
        }
    }

    /** Takes what can be decided. */
    @FunctionalInterface
    interface Decided {
        /** The findings of an event are these, for the container as it is known. */
        void accept(Waiting waiting, Container described);
    }

    /** Tells what is known of a container now; null when it is forgotten. */
    @FunctionalInterface
    interface Containers {
        /** By full id. */
        @Nullable Container container(String fullId);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether it may wait; false when too much waits already. */
    boolean add(Container container, Waiting waiting) {
        Deque<Waiting> queue =
                byContainer.computeIfAbsent(container.fullId(), id -> new ArrayDeque<>());
        if (size >= MOST || queue.size() >= MOST_OF_ONE) {
            return false;
        }
        queue.add(waiting);
        size++;
        return true;
    }

    /** Hands over what can be decided now. */
    void settle(long nowNs, Containers containers, Decided decided) {
        Iterator<Map.Entry<String, Deque<Waiting>>> at = byContainer.entrySet().iterator();
        while (at.hasNext()) {
            Map.Entry<String, Deque<Waiting>> entry = at.next();
            Container known = containers.container(entry.getKey());
            Deque<Waiting> queue = entry.getValue();
            while (!queue.isEmpty() && isDue(queue.getFirst(), known, nowNs)) {
                Waiting waiting = queue.removeFirst();
                size--;
                Container last = waiting.match().observation().container();
                Container by = known == null ? last : known;
                if (by != null) {
                    decided.accept(waiting, by);
                }
            }
            if (queue.isEmpty()) {
                at.remove();
            }
        }
    }

    private static boolean isDue(Waiting waiting, @Nullable Container known, long nowNs) {
        return known == null || !known.pending() || nowNs - waiting.untilNs() >= 0;
    }

    /** Hands everything over: the end has come. */
    void settleAll(Containers containers, Decided decided) {
        settle(Long.MAX_VALUE / 2, containers, decided);
    }
}
