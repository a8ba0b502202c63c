// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import dev.torimono.model.ActionResult.Status;
import dev.torimono.model.Container;
import dev.torimono.model.ProcessKiller;
import dev.torimono.model.ProcessKiller.Held;
import dev.torimono.model.ProcessKiller.Hold;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends a process with all of its descendants: stops them from the top down until a look at all
 * processes finds no new one and none that runs, then kills what it holds. A process that is
 * stopped cannot fork, so none is born behind its back. One instance per kill; one thread.
 */
final class TreeKiller {
    /** Bounds the file descriptors held. */
    private static final int MAX_PROCESSES = 4096;

    private static final int MAX_ROUNDS = 500;
    private static final int MAX_PASSES = 5;
    private static final long DEATH_MS = 2000;

    private final ProcessKiller killer;
    private final ProcFiles proc;
    private final Guards guards;
    private final Lineage lineage;
    private final @Nullable Container container;
    private final Map<Long, Hold> held = new LinkedHashMap<>();
    private final Set<Long> sessions = new HashSet<>();
    private final Map<Long, String> spared = new LinkedHashMap<>();
    private final List<String> refusals = new ArrayList<>();
    private long rootPid;
    private long rootStartNs;

    TreeKiller(
            ProcessKiller killer,
            ProcFiles proc,
            Guards guards,
            Lineage lineage,
            @Nullable Container container) {
        this.killer = killer;
        this.proc = proc;
        this.guards = guards;
        this.lineage = lineage;
        this.container = container;
    }

    /** Kills the tree of a process that is held; closes the hold. */
    Outcome kill(Hold root, long startNs) {
        rootPid = root.pid();
        rootStartNs = startNs;
        try {
            String refused = stop(root);
            if (!refused.isEmpty()) {
                return new Outcome(Status.FAILED, refused);
            }
            proc.process(root.pid()).ifPresent(this::noteSession);
            boolean frozen = false;
            long alive = 0;
            for (int pass = 0; pass < MAX_PASSES && !frozen; pass++) {
                frozen = freeze();
                alive = killAll();
                frozen &= !escaped();
            }
            return outcome(frozen, alive);
        } finally {
            held.values().forEach(Hold::close);
        }
    }

    private String stop(Hold hold) {
        held.put(hold.pid(), hold);
        return hold.signal(ProcessKiller.SIGSTOP);
    }

    /** A session's members all descend from its leader. */
    private void noteSession(ProcessFacts facts) {
        if (facts.session() == facts.pid()) {
            sessions.add(facts.pid());
        }
    }

    /** Whether everything that belongs to the tree stands still: two looks in a row say so. */
    private boolean freeze() {
        int quiet = 0;
        for (int round = 0; round < MAX_ROUNDS && held.size() < MAX_PROCESSES; round++) {
            boolean still = true;
            for (ProcessFacts process : proc.all()) {
                if (held.containsKey(process.pid())) {
                    still &= process.still();
                } else if (isNew(process)) {
                    take(process);
                    still = false;
                }
            }
            quiet = still ? quiet + 1 : 0;
            if (quiet == 2) {
                return true;
            }
            pause();
        }
        return false;
    }

    /** Gives those who were told to stop the time to do so. */
    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether somebody who belongs to the tree was born before it stood still. */
    private boolean escaped() {
        return proc.all().stream().anyMatch(this::isNew);
    }

    /** A zombie runs no more, and while its parent stands still nobody takes it away. */
    private boolean isNew(ProcessFacts process) {
        return !held.containsKey(process.pid())
                && !spared.containsKey(process.pid())
                && process.state() != 'Z'
                && process.state() != 'X'
                && belongs(process);
    }

    private boolean belongs(ProcessFacts process) {
        return held.containsKey(process.parent())
                || sessions.contains(process.session())
                || lineage.descends(process.pid(), process.startNs(), rootPid, rootStartNs);
    }

    private void take(ProcessFacts process) {
        if (!(killer.grip(process.pid(), process.startNs()) instanceof Held(Hold hold))) {
            return;
        }
        Optional<String> objection = guards.objectToKill(process.pid(), container);
        if (objection.isPresent()) {
            spared.put(process.pid(), objection.get());
            hold.close();
            return;
        }
        String refused = stop(hold);
        if (!refused.isEmpty()) {
            refusals.add(refused);
        }
        noteSession(process);
    }

    /** Ends everything that is held; how many did not die. */
    private long killAll() {
        for (Hold hold : held.values()) {
            String refused = hold.signal(ProcessKiller.SIGKILL);
            if (!refused.isEmpty()) {
                refusals.add(refused);
            }
        }
        long alive = 0;
        for (Hold hold : held.values()) {
            if (!hold.awaitDeath(DEATH_MS)) {
                alive++;
            }
        }
        return alive;
    }

    private Outcome outcome(boolean frozen, long alive) {
        String count = held.size() + (held.size() == 1 ? " process" : " processes");
        if (alive > 0) {
            return new Outcome(
                    Status.FAILED, alive + " of " + count + " did not die" + why(refusals));
        }
        if (!spared.isEmpty()) {
            return new Outcome(
                    Status.DONE,
                    count + "; spared " + spared.size() + why(List.copyOf(spared.values())));
        }
        return frozen
                ? new Outcome(Status.DONE, count)
                : new Outcome(Status.FAILED, count + " died, but new ones kept appearing");
    }

    private static String why(List<String> reasons) {
        return reasons.isEmpty() ? "" : ": " + reasons.getFirst();
    }
}
