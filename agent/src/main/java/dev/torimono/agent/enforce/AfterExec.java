// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Container;
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
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What follows a held exec when its event arrives: the failure of a refused one was told already,
 * one that was ended is known to be dead, one that is stopped is let go or ended. The pipeline's
 * thread.
 */
public final class AfterExec {
    private static final int REMEMBERED = 1024;
    private static final int EPERM = -1;
    private static final long ARMED_WITHIN_NS = 1_000_000_000;

    private final Enforcement enforcement;
    private final Responder responder;
    private final Scopes scopes;

    /** Stopped until their container is described. */
    private final List<Stopped> stopped = new ArrayList<>();

    private final Map<Long, Boolean> refused = new Recent<>();
    private final Map<Long, List<Runnable>> doomed = new Recent<>();

    /** Of the event in hand. */
    private final List<Decision> open = new ArrayList<>();

    private Consumer<String> unheld = _ -> {};
    private boolean ended;
    private boolean killFollowed;

    private static final class Stopped {
        private final Container container;
        private final Target target;

        /** What was decided of it and left open. */
        private final List<Decision> open;

        private long knownNs;

        Stopped(Container container, Target target, List<Decision> open) {
            this.container = container;
            this.target = target;
            this.open = open;
        }
    }

    private static final class Recent<V> extends LinkedHashMap<Long, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
            return size() > REMEMBERED;
        }
    }

    /** What is known of the policies of a container. */
    interface Scopes {
        /** Whether it may soon be known that one acts in it. */
        boolean undecided(Container container);

        /** Whether one acts in it. */
        boolean acts(Container container);

        /** Whether no exec in it runs unjudged any more. */
        boolean armed(Container container);
    }

    AfterExec(Enforcement enforcement, Responder responder, Scopes scopes) {
        this.enforcement = enforcement;
        this.responder = responder;
        this.scopes = scopes;
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
        open.clear();
        if (!refused.isEmpty() && event.number(0) == EPERM && !Enforcement.isRefused(event)) {
            return refused.remove(event.tid()) == null;
        }
        if (Enforcement.isKilled(event)) {
            ended = true;
            responder.ended(Target.of(observation));
        }
        return true;
    }

    private boolean waits(Container container) {
        return scopes.undecided(container) || (scopes.acts(container) && !scopes.armed(container));
    }

    /** A decision on the event in hand, before it is carried out. */
    public void decided(Decision decision, Observation observation) {
        if (!decision.open().isEmpty() && Enforcement.isStopped(observation.event())) {
            open.add(decision);
        }
        if (decision.kill().isEmpty()) {
            return;
        }
        killFollowed = true;
        Task task = observation.task();
        if (task == null || ended) {
            return;
        }
        if (!Enforcement.isStopped(observation.event())) {
            tellUnheld(task, observation);
            return;
        }
        Target target = Target.of(observation);
        if (responder.ending(decision, target).equals(Outcome.DONE)) {
            ended = true;
            responder.endedHeld(target);
            enforcement.settle(target.pid(), target.startNs(), true);
        }
    }

    /** From now on it is told of each exec that was to end and that nobody had held, and why. */
    public void onUnheld(Consumer<String> telling) {
        unheld = telling;
    }

    private void tellUnheld(Task task, Observation observation) {
        Container container = observation.container();
        if (container == null) {
            return;
        }
        String why =
                !scopes.armed(container)
                        ? "its container was not armed yet"
                        : task.vpid() == 1
                                ? "it is its container's first process, which was not stopped"
                                : "it was neither held nor stopped";
        unheld.accept(
                "exec of "
                        + task.image().path()
                        + " by process "
                        + task.pid()
                        + " in container "
                        + container.id()
                        + " is ended after it has begun: "
                        + why);
    }

    /**
     * Whoever was stopped for a description that came, or did not, goes on.
     *
     * @param known a container as it is known now
     */
    public void tick(UnaryOperator<Container> known, long nowNs) {
        stopped.removeIf(each -> goesOn(each, known.apply(each.container), nowNs));
    }

    private boolean goesOn(Stopped each, Container container, long nowNs) {
        if (scopes.undecided(container)) {
            return false;
        }
        if (scopes.acts(container)) {
            if (endsBy(each, container)) {
                return true;
            }
            boolean first = each.knownNs == 0;
            each.knownNs = first ? nowNs : each.knownNs;
            // Findings that waited for the description are decided right after this.
            if (first || (!scopes.armed(container) && nowNs - each.knownNs < ARMED_WITHIN_NS)) {
                return false;
            }
        }
        enforcement.settle(each.target.pid(), each.target.startNs(), false);
        return true;
    }

    /** Whether what was decided of it, but for its container's description, ends it. */
    private boolean endsBy(Stopped each, Container container) {
        Target target = each.target.in(container);
        for (Decision open : each.open) {
            Decision settled = open.settle(container);
            if (settled.kill().isPresent()
                    && responder.ending(settled, target).equals(Outcome.DONE)) {
                responder.ended(target);
                enforcement.settle(target.pid(), target.startNs(), true);
                return true;
            }
        }
        return false;
    }

    /** After everything was decided: whoever is still stopped goes on. */
    public void end(Observation observation) {
        Event event = observation.event();
        if (Enforcement.isStopped(event) && !ended) {
            Target target = Target.of(observation);
            Container container = observation.container();
            if (container != null && stopped.size() < REMEMBERED && waits(container)) {
                long until = System.nanoTime() + Young.WAITS_NS + ARMED_WITHIN_NS;
                enforcement.await(target.pid(), until);
                stopped.add(new Stopped(container, target, List.copyOf(open)));
            } else {
                enforcement.settle(target.pid(), target.startNs(), false);
            }
        }
        if (Enforcement.isKilled(event)) {
            List<Runnable> told = doomed.remove(Target.of(observation).pid());
            if (told != null && !killFollowed) {
                told.forEach(Runnable::run);
            }
        }
    }
}
