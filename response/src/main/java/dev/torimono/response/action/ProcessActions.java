// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import dev.torimono.model.ActionResult.Status;
import dev.torimono.model.ProcessKiller;
import dev.torimono.model.ProcessKiller.Failed;
import dev.torimono.model.ProcessKiller.Gone;
import dev.torimono.model.ProcessKiller.Held;
import dev.torimono.model.ProcessKiller.Hold;
import dev.torimono.response.decision.PlannedAction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Ends processes within the guards. Any thread. */
public final class ProcessActions {
    private static final long DEATH_MS = 1000;
    private static final int REMEMBERED = 1024;

    private final ProcessKiller killer;
    private final ProcFiles proc;
    private final Guards guards;

    /** One event can raise several findings: only the first kill finds the process alive. */
    private final Map<ProcessId, String> killed =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<ProcessId, String> eldest) {
                    return size() > REMEMBERED;
                }
            };

    public ProcessActions(ProcessKiller killer, ProcFiles proc, Guards guards) {
        this.killer = killer;
        this.proc = proc;
        this.guards = guards;
    }

    /**
     * Goes the way of a kill up to the signal, on the agent itself: the first real one must not pay
     * for linking and loading.
     */
    public void rehearse() {
        long self = ProcessHandle.current().pid();
        long startNs = proc.process(self).map(ProcessFacts::startNs).orElse(0L);
        if (killer.grip(self, startNs) instanceof Held(Hold hold)) {
            try (hold) {
                guards.objectToKill(self, null);
                hold.awaitDeath(0);
            }
        }
    }

    /**
     * Whether the target may be ended before it runs. Not limited, as little as prevention is:
     * nothing that runs is ended, and whoever uses a limit up must not get the rest through.
     */
    public Outcome permit(Target target) {
        return guards.objectToKill(target.pid(), target.container())
                .map(Outcome::refused)
                .orElse(Outcome.DONE);
    }

    /** The target was ended by other means: what is asked of it from now on is done. */
    public void ended(Target target, String how) {
        synchronized (killed) {
            killed.put(new ProcessId(target.pid(), target.startNs()), how);
        }
    }

    /** Ends the target, and its descendants when asked for. */
    public Outcome kill(PlannedAction planned, Target target, boolean tree) {
        if (target.pid() <= 0) {
            return Outcome.refused("the process is not known");
        }
        if (target.startNs() <= 0) {
            return Outcome.refused(
                    "the start time of the process is not known: another one may have its id");
        }
        return switch (killer.grip(target.pid(), target.startNs())) {
            case Gone(String reason) ->
                    killed(target)
                            .map(how -> new Outcome(Status.DONE, how))
                            .orElseGet(() -> Outcome.failed(reason));
            case Failed(String reason) -> Outcome.failed(reason);
            case Held(Hold hold) -> remember(target, killHeld(planned, target, tree, hold));
        };
    }

    private Optional<String> killed(Target target) {
        synchronized (killed) {
            return Optional.ofNullable(killed.get(new ProcessId(target.pid(), target.startNs())));
        }
    }

    private Outcome remember(Target target, Outcome outcome) {
        if (outcome.status() == Status.DONE) {
            synchronized (killed) {
                killed.put(
                        new ProcessId(target.pid(), target.startNs()),
                        "killed already, for another finding");
            }
        }
        return outcome;
    }

    private Outcome killHeld(PlannedAction planned, Target target, boolean tree, Hold hold) {
        Optional<String> how = killed(target);
        if (how.isPresent() && !tree) {
            try (hold) {
                return hold.awaitDeath(DEATH_MS)
                        ? new Outcome(Status.DONE, how.get())
                        : Outcome.failed("killed, but still there after " + DEATH_MS + " ms");
            }
        }
        Optional<String> objection =
                guards.objectToKill(target.pid(), target.container())
                        .or(() -> guards.grantKill(planned, target));
        if (objection.isPresent()) {
            hold.close();
            return Outcome.refused(objection.get());
        }
        if (tree) {
            return new TreeKiller(killer, proc, guards, target).kill(hold, target.startNs());
        }
        try (hold) {
            String refused = hold.signal(ProcessKiller.SIGKILL);
            if (!refused.isEmpty()) {
                return Outcome.failed(refused);
            }
            return hold.awaitDeath(DEATH_MS)
                    ? Outcome.DONE
                    : Outcome.failed("killed, but still there after " + DEATH_MS + " ms");
        }
    }
}
