// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import dev.torimono.model.Container;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What actions are aimed at: copied out of an observation, so that it outlives the event.
 *
 * @param pid process id on the host; 0 when there is no process
 * @param startNs its start, ns since boot; with the pid an identity
 * @param name its comm
 * @param container the container it runs in; null on the host
 * @param eventNs when the event happened, ns since the epoch
 * @param descendants what the agent saw descend from it; only wanted where a tree is to be killed
 */
public record Target(
        long pid,
        long startNs,
        String name,
        @Nullable Container container,
        long eventNs,
        List<ProcessId> descendants) {
    public Target {
        descendants = List.copyOf(descendants);
    }

    /** One of which no descendants were seen. */
    public Target(
            long pid, long startNs, String name, @Nullable Container container, long eventNs) {
        this(pid, startNs, name, container, eventNs, List.of());
    }

    /** The process that an observation tells of. */
    public static Target of(Observation observation) {
        long timeNs = observation.event().timestampNs();
        Task task = observation.task();
        if (task == null) {
            return new Target(0, 0, "", null, timeNs);
        }
        Task leader = task.leader();
        return new Target(
                task.pid(),
                leader.startNs(),
                task.comm().toString(),
                observation.container(),
                timeNs);
    }

    /** The same, with its container better known. */
    public Target in(Container known) {
        return new Target(pid, startNs, name, known, eventNs, descendants);
    }

    /** The same, with what was seen to descend from it. */
    public Target with(List<ProcessId> seen) {
        return new Target(pid, startNs, name, container, eventNs, seen);
    }

    /** What rate limits count together: the container, or the whole host. */
    String workload() {
        Container at = container;
        return at == null ? "host" : at.fullId();
    }
}
