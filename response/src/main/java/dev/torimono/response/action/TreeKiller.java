// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import dev.torimono.model.ActionResult.Status;
import dev.torimono.model.Container;
import dev.torimono.model.ProcessKiller;
import dev.torimono.model.ProcessKiller.Held;
import dev.torimono.model.ProcessKiller.Hold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final long TICK_NS = 10_000_000;

    private final ProcessKiller killer;
    private final ProcFiles proc;
    private final Guards guards;
    private final @Nullable Container container;
    private final List<ProcessId> descendants;
    private final Map<Long, Member> members = new LinkedHashMap<>();
    private final Map<Long, Long> sessions = new HashMap<>();
    private final Map<Long, String> spared = new LinkedHashMap<>();
    private final List<String> refusals = new ArrayList<>();

    /** One of the tree; an id alone may be somebody else's as soon as its owner is dead. */
    private record Member(Hold hold, long startTick) {}

    TreeKiller(ProcessKiller killer, ProcFiles proc, Guards guards, Target target) {
        this.killer = killer;
        this.proc = proc;
        this.guards = guards;
        this.container = target.container();
        this.descendants = target.descendants();
    }

    /** Kills the tree of a process that is held; closes the hold. */
    Outcome kill(Hold root, long startNs) {
        try {
            String refused = stop(root, startNs);
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
            members.values().forEach(member -> member.hold().close());
        }
    }

    private String stop(Hold hold, long startNs) {
        members.put(hold.pid(), new Member(hold, startNs / TICK_NS));
        return hold.signal(ProcessKiller.SIGSTOP);
    }

    /** A session's members all descend from its leader. */
    private void noteSession(ProcessFacts facts) {
        if (facts.session() == facts.pid()) {
            sessions.put(facts.pid(), facts.startNs() / TICK_NS);
        }
    }

    /** Whether everything that belongs to the tree stands still: two looks in a row say so. */
    private boolean freeze() {
        int quiet = 0;
        for (int round = 0; round < MAX_ROUNDS && members.size() < MAX_PROCESSES; round++) {
            boolean still = true;
            Map<Long, ProcessFacts> all = look();
            for (ProcessFacts process : all.values()) {
                if (isMember(process)) {
                    still &= process.still();
                } else if (isNew(process, all)) {
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

    private Map<Long, ProcessFacts> look() {
        Map<Long, ProcessFacts> all = new HashMap<>();
        proc.all().forEach(process -> all.put(process.pid(), process));
        return all;
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
        Map<Long, ProcessFacts> all = look();
        return all.values().stream().anyMatch(process -> isNew(process, all));
    }

    private boolean isMember(ProcessFacts process) {
        Member member = members.get(process.pid());
        return member != null && member.startTick() == process.startNs() / TICK_NS;
    }

    /** A zombie runs no more, and while its parent stands still nobody takes it away. */
    private boolean isNew(ProcessFacts process, Map<Long, ProcessFacts> all) {
        return !isMember(process)
                && !spared.containsKey(process.pid())
                && process.state() != 'Z'
                && process.state() != 'X'
                && belongs(process, all);
    }

    private boolean belongs(ProcessFacts process, Map<Long, ProcessFacts> all) {
        ProcessFacts parent = all.get(process.parent());
        return (parent != null && isMember(parent))
                || isInSession(process, all)
                || descendants.stream().anyMatch(seen -> seen.is(process));
    }

    /** The id of a session is nobody else's while it has a process. */
    private boolean isInSession(ProcessFacts process, Map<Long, ProcessFacts> all) {
        Long leaderStart = sessions.get(process.session());
        ProcessFacts leader = all.get(process.session());
        return leaderStart != null && (leader == null || leader.startNs() / TICK_NS == leaderStart);
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
        Member former = members.get(process.pid());
        if (former != null) {
            former.hold().close();
        }
        String refused = stop(hold, process.startNs());
        if (!refused.isEmpty()) {
            refusals.add(refused);
        }
        noteSession(process);
    }

    /** Ends everything that is held; how many did not die. */
    private long killAll() {
        for (Member member : members.values()) {
            String refused = member.hold().signal(ProcessKiller.SIGKILL);
            if (!refused.isEmpty()) {
                refusals.add(refused);
            }
        }
        long alive = 0;
        for (Member member : members.values()) {
            if (!member.hold().awaitDeath(DEATH_MS)) {
                alive++;
            }
        }
        return alive;
    }

    private Outcome outcome(boolean frozen, long alive) {
        String count = members.size() + (members.size() == 1 ? " process" : " processes");
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
