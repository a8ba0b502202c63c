// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Container;
import dev.torimono.model.Task;
import dev.torimono.sensor.Loss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Whose events were lost since the last time: whoever floods is likely to have a reason. */
final class LossBlame {
    private record Key(long cgroup, int type) {}

    private final LongFunction<@Nullable Task> tasks;
    private final LongFunction<@Nullable Container> cgroups;
    private final Map<Key, Long> told = new HashMap<>();

    /**
     * One cgroup that lost events.
     *
     * @param pid of the process that lost the last one
     * @param task the same when it is still known
     * @param container where it ran; null on the host, or when neither tells
     * @param count how many
     * @param types the same by event name
     */
    record Culprit(
            long pid,
            @Nullable Task task,
            @Nullable Container container,
            long count,
            Map<String, Long> types) {
        @Override
        public String toString() {
            String where = container == null ? "host" : container.id();
            String who = task == null ? "pid " + pid : task.comm() + " (pid " + pid + ")";
            return where + " by " + who + ": " + count;
        }
    }

    /**
     * @param tasks living tasks by their id
     * @param cgroups containers by the number of their cgroup: of a fork bomb nobody lives who lost
     *     anything
     */
    LossBlame(LongFunction<@Nullable Task> tasks, LongFunction<@Nullable Container> cgroups) {
        this.tasks = tasks;
        this.cgroups = cgroups;
    }

    /** The worst first. */
    List<Culprit> since(List<Loss> losses) {
        Map<Long, Culprit> byCgroup = new HashMap<>();
        for (Loss loss : losses) {
            int code = loss.type() == null ? -1 : loss.type().code();
            Long before = told.put(new Key(loss.cgroup(), code), loss.count());
            long more = loss.count() - (before == null ? 0 : before);
            if (more > 0) {
                String name = loss.type() == null ? "other" : loss.type().name();
                byCgroup.merge(loss.cgroup(), culprit(loss, name, more), LossBlame::both);
            }
        }
        List<Culprit> culprits = new ArrayList<>(byCgroup.values());
        culprits.sort(Comparator.comparingLong(Culprit::count).reversed());
        return culprits;
    }

    private Culprit culprit(Loss loss, String name, long more) {
        Task task = tasks.apply(loss.pid());
        Container of = task == null ? null : task.leader().container();
        return new Culprit(
                loss.pid(),
                task,
                of == null ? cgroups.apply(loss.cgroup()) : of,
                more,
                new TreeMap<>(Map.of(name, more)));
    }

    /**
     * Of both the process that is known stands for them, if that does not decide it that of the one
     * that lost more.
     */
    private static Culprit both(Culprit a, Culprit b) {
        boolean first =
                (a.task() == null) == (b.task() == null)
                        ? a.count() >= b.count()
                        : a.task() != null;
        Culprit more = first ? a : b;
        Map<String, Long> types = new TreeMap<>(a.types());
        b.types().forEach((type, count) -> types.merge(type, count, Long::sum));
        Container in = more.container() == null ? (first ? b : a).container() : more.container();
        return new Culprit(more.pid(), more.task(), in, a.count() + b.count(), types);
    }
}
