// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.enforce.Arming;
import dev.torimono.agent.enforce.Bench;
import dev.torimono.agent.enforce.Enforcer;
import dev.torimono.model.Enforcement;
import dev.torimono.response.decision.PolicySet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The gate inside one agent: judged on the pipeline's thread, armed on one of its own. */
final class GateStage implements AutoCloseable {
    /** What status lines of armed containers begin with. */
    static final String ARMED = "armed ";

    private static final int SHORT_ID = 12;

    /** What the kernel does by itself has to hear of the kill switch. */
    private static final long SWITCH_EVERY_NS = 50_000_000;

    private final Enforcement enforcement;
    private final Enforcer enforcer;
    private final Arming arming;
    private final Log log;
    private final GateTrouble trouble;
    private @Nullable Bench bench;
    private long switchedNs = Long.MIN_VALUE / 2;

    GateStage(Enforcement enforcement, Enforcer enforcer, Log log, GateTrouble trouble) {
        this.enforcement = enforcement;
        this.enforcer = enforcer;
        this.log = log;
        this.arming = new Arming(enforcement, log);
        this.trouble = trouble;
        enforcement.judge(enforcer);
        enforcer.onPassed(line -> log.warn("gate: " + line));
        Thread.ofPlatform().daemon().name("leftovers").start(this::recover);
    }

    private void recover() {
        try {
            int count = enforcement.recover();
            trouble.recovered(count);
            if (count > 0) {
                log.warn(
                        "gate: "
                                + count
                                + " processes go on that an agent which is gone had left stopped"
                                + " before their first instruction");
            }
        } catch (RuntimeException e) {
            log.error("gate: what an earlier agent left stopped is not known", e);
        }
    }

    Enforcer enforcer() {
        return enforcer;
    }

    /** Where it judges from; before the first event. */
    void sit(Bench value) {
        bench = value;
        enforcer.sit(value, arming::isArmed, arming::inKernel);
    }

    /** Cgroups or policies changed. Any thread. */
    void changed() {
        arming.changed();
    }

    /** Housekeeping between batches. */
    void tick(PolicySet policies) {
        Bench at = bench;
        if (at != null) {
            long now = System.nanoTime();
            arming.look(policies, at, now, enforcer::renew);
            if (now - switchedNs >= SWITCH_EVERY_NS) {
                switchedNs = now;
                enforcement.refusing(enforcer.acts());
            }
            enforcer.after().tick(at::known, now);
            enforcement.passed().forEach(line -> log.info("gate: " + line));
            trouble.look(enforcement.tally(), now);
        }
    }

    /** Containers that are armed now. Any thread. */
    List<Enforcement.Armed> containers() {
        return enforcement.armed();
    }

    /** Armed containers by name or short id, for people. */
    Map<String, String> armed() {
        Map<String, String> all = new TreeMap<>();
        for (Enforcement.Armed armed : enforcement.armed()) {
            String id = armed.container();
            all.put(
                    ARMED + id.substring(0, Math.min(SHORT_ID, id.length())),
                    "since "
                            + Instant.ofEpochSecond(0, armed.sinceNs())
                            + ", "
                            + armed.mounts()
                            + " mounts"
                            + (armed.knowsImage() ? "" : ", on " + armed.storage())
                            + (armed.inKernel().none() ? "" : ", in the kernel, too")
                            + (armed.trouble().isEmpty()
                                    ? ""
                                    : ", not watched: " + armed.trouble()));
        }
        return all;
    }

    /** What was held and what became of it, as {@code name=value}; without zeros. */
    String stats() {
        Enforcement.Tally tally = enforcement.tally();
        StringJoiner line = new StringJoiner(" ");
        count(line, "containers_armed", enforcement.armed().size());
        count(line, "containers_undescribed", enforcer.undescribed());
        count(line, "execs_judged", tally.judged());
        count(line, "execs_stood", tally.stood());
        count(line, "execs_refused", tally.refused());
        count(line, "execs_refused_in_kernel", tally.refusedInKernel());
        count(line, "execs_refused_unexplained", enforcer.happened().unexplained());
        count(line, "execs_ended", tally.killed());
        count(line, "execs_stopped", tally.stopped());
        count(line, "execs_passed_late", tally.late());
        count(line, "execs_passed_by_fault", tally.faults());
        count(line, "execs_passed_unwatched", tally.unstopped());
        count(line, "execs_released_late", tally.released());
        count(line, "execs_recovered", trouble.recovered());
        return line.toString();
    }

    private static void count(StringJoiner line, String name, long count) {
        if (count > 0) {
            line.add(name + "=" + count);
        }
    }

    @Override
    public void close() {
        arming.close();
    }
}
