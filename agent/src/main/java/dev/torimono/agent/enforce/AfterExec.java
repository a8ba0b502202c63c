// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Enforcement;
import dev.torimono.model.Event;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.response.Responder;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.Target;
import dev.torimono.response.decision.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What follows a held exec when its event arrives: the failure of a refused one was told already,
 * one that was ended is known to be dead, one that is stopped is let go or ended. The pipeline's
 * thread.
 */
public final class AfterExec {
    private static final int REMEMBERED = 1024;
    private static final int EPERM = -1;

    private final Enforcement enforcement;
    private final Responder responder;
    private final Map<Long, Boolean> refused = new Recent<>();
    private final Map<Long, List<Runnable>> doomed = new Recent<>();
    private boolean ended;
    private boolean killFollowed;

    private static final class Recent<V> extends LinkedHashMap<Long, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
            return size() > REMEMBERED;
        }
    }

    AfterExec(Enforcement enforcement, Responder responder) {
        this.enforcement = enforcement;
        this.responder = responder;
    }

    void refused(long tid) {
        refused.put(tid, true);
    }

    /** Somebody passed to die; if its event raises no finding, this is told instead. */
    void doomed(long pid, Runnable tell) {
        doomed.computeIfAbsent(pid, _ -> new ArrayList<>(1)).add(tell);
    }

    /** Before an exec event is judged; false when it was told already. */
    public boolean begin(Observation observation) {
        Event event = observation.event();
        ended = false;
        killFollowed = false;
        if (!refused.isEmpty() && event.number(0) == EPERM) {
            return refused.remove(event.tid()) == null;
        }
        if (Enforcement.isKilled(event)) {
            ended = true;
            responder.ended(Target.of(observation));
        }
        return true;
    }

    /** A decision on the event in hand, before it is carried out. */
    public void decided(Decision decision, Observation observation) {
        if (decision.kill().isEmpty()) {
            return;
        }
        killFollowed = true;
        Task task = observation.task();
        if (task == null || ended || !Enforcement.isStopped(observation.event())) {
            return;
        }
        Target target = Target.of(observation);
        if (responder.ending(decision, target).equals(Outcome.DONE)) {
            ended = true;
            responder.ended(target);
            enforcement.settle(target.pid(), target.startNs(), true);
        }
    }

    /** After everything was decided: whoever is still stopped goes on. */
    public void end(Observation observation) {
        Event event = observation.event();
        if (Enforcement.isStopped(event) && !ended) {
            Target target = Target.of(observation);
            enforcement.settle(target.pid(), target.startNs(), false);
        }
        if (Enforcement.isKilled(event)) {
            List<Runnable> told = doomed.remove(Target.of(observation).pid());
            if (told != null && !killFollowed) {
                told.forEach(Runnable::run);
            }
        }
    }
}
