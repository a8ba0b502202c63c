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
    private final Map<Key, Long> told = new HashMap<>();

    /**
     * One cgroup that lost events.
     *
     * @param pid of the process that lost the last one
     * @param task the same when it is still known
     * @param count how many
     * @param types the same by event name
     */
    record Culprit(long pid, @Nullable Task task, long count, Map<String, Long> types) {
        /** Its container; null on the host, or when the process is not known any more. */
        @Nullable Container container() {
            return task == null ? null : task.leader().container();
        }

        @Override
        public String toString() {
            Container container = container();
            String where = container == null ? "host" : container.id();
            String who = task == null ? "pid " + pid : task.comm() + " (pid " + pid + ")";
            return where + " by " + who + ": " + count;
        }
    }

    LossBlame(LongFunction<@Nullable Task> tasks) {
        this.tasks = tasks;
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
                byCgroup.merge(
                        loss.cgroup(),
                        new Culprit(
                                loss.pid(),
                                tasks.apply(loss.pid()),
                                more,
                                new TreeMap<>(Map.of(name, more))),
                        LossBlame::both);
            }
        }
        List<Culprit> culprits = new ArrayList<>(byCgroup.values());
        culprits.sort(Comparator.comparingLong(Culprit::count).reversed());
        return culprits;
    }

    /** The process of the one that lost more stands for both. */
    private static Culprit both(Culprit a, Culprit b) {
        Culprit more = a.count() >= b.count() ? a : b;
        Map<String, Long> types = new TreeMap<>(a.types());
        b.types().forEach((type, count) -> types.merge(type, count, Long::sum));
        return new Culprit(more.pid(), more.task(), a.count() + b.count(), types);
    }
}
