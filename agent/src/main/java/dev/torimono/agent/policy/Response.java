// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.agent.Consequences;
import dev.torimono.agent.enforce.Enforcer;
import dev.torimono.agent.malware.MalwareWatch;
import dev.torimono.model.ActionResult;
import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import dev.torimono.model.Demand;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Verdict;
import dev.torimono.response.ContainerBoard;
import dev.torimono.response.Reply;
import dev.torimono.response.Responder;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.ProcessId;
import dev.torimono.response.action.Target;
import dev.torimono.response.decision.Decision;
import dev.torimono.response.decision.Moment;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.policy.Actions;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides on each finding by the policies in force and has the alert told with what came of it. A
 * finding that no policy covers is told as it is. The pipeline's thread, but for replies.
 */
public final class Response implements Consequences {
    private static final Set<EventType> EXECS =
            Set.of(EventType.symbol("SYSCALL_EXECVE_19_X"), EventType.symbol("SYSCALL_EXECVEAT_X"));

    private final World world;
    private final Responder responder;
    private final ContainerBoard board;
    private final Consumer<Alert> sink;
    private final Past past;
    private PolicySet policies;
    private @Nullable Enforcer enforcer;
    private @Nullable MalwareWatch malware;
    private BiFunction<Finding, Observation, Alert> alerts =
            (finding, _) -> new Alert(finding, "", List.of());
    private Runnable tick = () -> {};

    /**
     * @param policies those in force at first
     * @param world what is known of the machine
     * @param board where the responder looks for containers
     * @param past keeps what policies may want saved
     * @param sink tells alerts; any thread
     */
    public Response(
            PolicySet policies,
            World world,
            Responder responder,
            ContainerBoard board,
            Past past,
            Consumer<Alert> sink) {
        this.past = past;
        this.policies = policies;
        this.world = world;
        this.responder = responder;
        this.board = board;
        this.sink = sink;
        past.want(widestCapture(policies));
    }

    /** Puts other policies in force; the pipeline's thread. */
    public void use(PolicySet others) {
        policies = others;
        past.want(widestCapture(others));
    }

    private static Actions.@Nullable Capture widestCapture(PolicySet policies) {
        Actions asked = Actions.NONE;
        for (int i = 0; i < policies.policies().size(); i++) {
            if (policies.policies().get(i).enabled()) {
                asked = asked.strongest(policies.effective().get(i).effective());
            }
        }
        return asked.capture();
    }

    @Override
    public boolean watches() {
        return past.isWanted();
    }

    @Override
    public void watch(Event event, Observation observation) {
        past.keep(event, observation);
    }

    @Override
    public void follow(Alert alert, Observation observation) {
        Event event = observation.event();
        boolean exec = EXECS.contains(event.type());
        boolean held = !exec && enforcer != null && Enforcement.isStopped(event);
        Decision decision =
                policies.decide(alert.finding(), observation, held ? Moment.HELD : Moment.HAPPENED);
        if (decision.equals(Decision.NONE)) {
            sink.accept(alert);
            return;
        }
        Enforcer judge = enforcer;
        if (judge != null && held && decision.prevents()) {
            Outcome outcome = judge.refuse(decision, event);
            if (outcome.equals(Outcome.DONE)) {
                responder.carryOut(
                        decision, target(decision, observation), outcome, new Told(alert));
                return;
            }
            decision = policies.decide(alert.finding(), observation);
        }
        if (judge != null && (exec || held)) {
            judge.after().decided(decision, observation);
        }
        responder.carryOut(decision, target(decision, observation), new Told(alert));
    }

    /** Carries out what was decided elsewhere. */
    public void tell(Alert alert, Decision decision, Target target, @Nullable Outcome prevention) {
        if (decision.equals(Decision.NONE)) {
            sink.accept(alert);
        } else if (prevention == null) {
            responder.carryOut(decision, target, new Told(alert));
        } else {
            responder.carryOut(decision, target, prevention, new Told(alert));
        }
    }

    /** Has execs judged for drift, and those that were held looked after. */
    public void enforce(Enforcer with) {
        enforcer = with;
    }

    /**
     * Has what is executed looked at for malware.
     *
     * @param telling makes an alert as this agent tells it
     */
    public void look(MalwareWatch at, BiFunction<Finding, Observation, Alert> telling) {
        malware = at;
        alerts = telling;
    }

    @Override
    public Demand demand(Demand ofRules) {
        return DriftDemand.with(ofRules, policies);
    }

    @Override
    public boolean begin(Observation observation) {
        Enforcer judge = enforcer;
        Event event = observation.event();
        boolean concerns = EXECS.contains(event.type()) || Enforcement.isStopped(event);
        return judge == null || !concerns || judge.after().begin(observation);
    }

    @Override
    public void end(Observation observation) {
        MalwareWatch looking = malware;
        Event event = observation.event();
        if (looking != null && EXECS.contains(event.type()) && event.number(0) == 0) {
            looking.executed(observation, policies, alerts);
        }
        Enforcer judge = enforcer;
        if (judge == null) {
            return;
        }
        EventType type = observation.event().type();
        Container container = observation.container();
        if (EXECS.contains(type)) {
            if (container != null
                    && judge.happened().isJudged()
                    && observation.event().number(0) == 0) {
                judge.happened().executed(observation, container);
            }
            if (Enforcement.isRefused(observation.event())) {
                judge.happened().refusedInKernel(observation, container);
            }
            judge.after().end(observation);
        } else if (container != null && judge.happened().isJudged()) {
            if (DriftDemand.isWrite(type)) {
                judge.happened().wrote(observation, container);
            } else if (DriftDemand.isMapping(type)) {
                judge.happened().mapped(observation, container);
            }
        }
    }

    /** Those in force; the pipeline's thread. */
    public PolicySet policies() {
        return policies;
    }

    /** Has something done between batches. */
    public void onTick(Runnable work) {
        tick = work;
    }

    @Override
    public void tick() {
        past.tick();
        tick.run();
        if (board.wanted()) {
            board.show(world.containers());
        }
    }

    /** By now its runtime may have answered. */
    private @Nullable Container known(@Nullable Container container) {
        Container now =
                container != null && container.pending() ? board.find(container.fullId()) : null;
        return now == null ? container : now;
    }

    private Target target(Decision decision, Observation observation) {
        Target target = Target.of(observation);
        Task task = observation.task();
        if (task == null || !decision.killsTree()) {
            return target;
        }
        return target.with(
                world.descendants(task).stream()
                        .map(child -> new ProcessId(child.pid(), child.startNs()))
                        .toList());
    }

    /** Completes an alert with what came of its decision. */
    private final class Told implements Reply {
        private final Alert alert;

        Told(Alert alert) {
            this.alert = alert;
        }

        @Override
        public void told(List<Verdict> verdicts, List<ActionResult> actions) {
            sink.accept(alert.in(known(alert.container())).with(verdicts, actions));
        }

        @Override
        public void decided(List<Verdict> verdicts) {
            sink.accept(LateResult.verdicts(alert, verdicts));
        }

        @Override
        public void late(ActionResult result) {
            sink.accept(LateResult.action(alert, result));
        }
    }
}
