// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Alert;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
import dev.torimono.model.Finding;
import dev.torimono.model.Priority;
import dev.torimono.model.Task;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Says, at a bounded rate, that events were lost: a gap nobody knows of is the worst kind. */
final class LossWatch {
    static final String RULE = "Torimono internal: events lost";
    private static final long LOOK_EVERY_NS = 1_000_000_000L;
    private static final long TELL_EVERY_NS = 30_000_000_000L;

    private static final int CULPRITS_TOLD = 5;

    private final Losses losses;
    private final InstantSource time;
    private final String hostname;
    private final LossBlame blame;
    private final Function<Task, List<Ancestor>> lineage;
    private Map<String, Long> told = Map.of();
    private long toldTotal;
    private long lookedNs = Long.MIN_VALUE / 2;
    private long toldNs = Long.MIN_VALUE / 2;

    LossWatch(
            Losses losses,
            InstantSource time,
            String hostname,
            LongFunction<@Nullable Task> tasks,
            LongFunction<@Nullable Container> cgroups,
            Function<Task, List<Ancestor>> lineage) {
        this.losses = losses;
        this.time = time;
        this.hostname = hostname;
        this.blame = new LossBlame(tasks, cgroups);
        this.lineage = lineage;
    }

    /** An alert when events were lost since the last one and it is time to say so. */
    Optional<Alert> look(long nowNs) {
        if (nowNs - lookedNs < LOOK_EVERY_NS || nowNs - toldNs < TELL_EVERY_NS) {
            return Optional.empty();
        }
        lookedNs = nowNs;
        long total = losses.total();
        if (total <= toldTotal) {
            return Optional.empty();
        }
        Map<String, Long> lost = losses.byType();
        Alert alert = alert(total - toldTotal, total, since(lost));
        told = lost;
        toldTotal = total;
        toldNs = nowNs;
        return Optional.of(alert);
    }

    private Map<String, Long> since(Map<String, Long> lost) {
        Map<String, Long> fresh = new TreeMap<>();
        lost.forEach(
                (type, count) -> {
                    long more = count - told.getOrDefault(type, 0L);
                    if (more > 0) {
                        fresh.put(type, more);
                    }
                });
        return fresh;
    }

    private Alert alert(long lost, long total, Map<String, Long> byType) {
        Instant now = time.instant();
        List<LossBlame.Culprit> culprits = blame.since(losses.byCulprit());
        LossBlame.@Nullable Culprit worst = culprits.isEmpty() ? null : culprits.getFirst();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("events.lost", lost);
        fields.put("events.lost.total", total);
        byType.forEach((type, count) -> fields.put("events.lost." + type, count));
        if (worst != null) {
            accuse(worst, fields);
        }
        String message =
                "%s | lost=%d total=%d types=%s%s"
                        .formatted(
                                RULE,
                                lost,
                                total,
                                byType.toString().replaceAll("[{} ]", ""),
                                by(culprits));
        // Who floods from a container may want something else not to be seen.
        Priority priority =
                worst != null && worst.container() != null ? Priority.CRITICAL : Priority.WARNING;
        Task task = worst == null ? null : worst.task();
        Finding finding = Finding.internal(RULE, priority, now, message, fields);
        return new Alert(finding, hostname, task == null ? List.of() : lineage.apply(task));
    }

    private static String by(List<LossBlame.Culprit> culprits) {
        return culprits.isEmpty() ? "" : " by=" + culprits.stream().limit(CULPRITS_TOLD).toList();
    }

    private static void accuse(LossBlame.Culprit worst, Map<String, @Nullable Object> fields) {
        Container container = worst.container();
        Task task = worst.task();
        fields.put("container.id", container == null ? "host" : container.id());
        fields.put("container.name", container == null ? "host" : container.name());
        fields.put("proc.pid", worst.pid());
        if (task != null) {
            fields.put("proc.name", task.comm().toString());
            fields.put("proc.cmdline", task.commandLine().toString());
        }
        worst.types().forEach((type, count) -> fields.put("events.lost.by_worst." + type, count));
    }
}
