// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Enforcement.Answer;
import dev.torimono.model.Enforcement.Refusal;
import dev.torimono.model.Enforcement.Standing;
import dev.torimono.model.Event;
import dev.torimono.model.Finding;
import dev.torimono.model.HeldExec;
import dev.torimono.model.Observation;
import dev.torimono.response.Responder;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.Target;
import dev.torimono.response.decision.Decision;
import dev.torimono.response.decision.Moment;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.decision.Watch;
import dev.torimono.response.drift.DriftJudgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges execs that are held: by drift, then by the rules in force, as if the exec had happened.
 * What is refused is told once it is answered; what passes, or passes to die, is told by its event.
 * The pipeline's thread.
 */
public final class Enforcer implements Enforcement.Judge {
    private final Responder responder;
    private final Alerts alerts;
    private final Drift drift;
    private final HappenedDrift happened;
    private final AfterExec after;
    private final ByHash byHash = new ByHash();
    private final Enforcement enforcement;
    private final Watches watches = new Watches(() -> this.policies);
    private final List<Alerts.Held> found = new ArrayList<>();

    private PolicySet policies;
    private Function<Container, Refusal> inKernel = _ -> Refusal.NONE;
    private @Nullable Bench bench;
    private @Nullable Observation foreseen;

    /** Of the exec that was judged last. */
    private @Nullable Container in;

    /** Has an alert told with what comes of a decision. */
    @FunctionalInterface
    public interface Telling {
        void tell(Alert alert, Decision decision, Target target, @Nullable Outcome prevention);
    }

    /**
     * @param policies those in force at first
     * @param enforcement the arm
     * @param telling carries decisions out and tells
     */
    public Enforcer(
            PolicySet policies, Enforcement enforcement, Responder responder, Telling telling) {
        this.policies = policies;
        this.responder = responder;
        this.enforcement = enforcement;
        this.alerts = new Alerts(telling);
        this.drift = new Drift(new Writers(), enforcement::look);
        this.after = new AfterExec(enforcement, responder, watches);
        this.happened = new HappenedDrift(() -> this.policies, enforcement, drift, after, alerts);
    }

    /**
     * Where it sits; before anything is judged.
     *
     * @param isArmed whether no exec of a container runs unjudged
     * @param refusedInKernel what the kernel refuses in a container by itself
     */
    public void sit(
            Bench value,
            Predicate<Container> isArmed,
            Function<Container, Refusal> refusedInKernel) {
        watches.armed(isArmed);
        inKernel = refusedInKernel;
        bench = value;
        alerts.sit(value);
        renew();
    }

    /** Judges programs by what they are made of, too. */
    public void hash(HeldHashes by) {
        byHash.use(by);
    }

    /** Puts other policies in force, with the rules that belong to them. */
    public void use(PolicySet others) {
        policies = others;
        renew();
    }

    /** What policies say of some container changed. */
    public void renew() {
        watches.forget();
        enforcement.renew(policies.acting().names());
    }

    /** Containers whose execs passed because their runtime did not describe them in time. */
    public int undescribed() {
        return watches.late();
    }

    /** From now on it is told of what passed that was not to, and why. */
    public void onPassed(Consumer<String> telling) {
        after.onUnheld(telling);
        watches.onLate(telling);
    }

    /** What follows the execs that were held. */
    public AfterExec after() {
        return after;
    }

    /** What concerns drift that was not held. */
    public HappenedDrift happened() {
        return happened;
    }

    @Override
    public Answer judge(HeldExec exec) {
        Bench at = Objects.requireNonNull(bench);
        found.clear();
        foreseen = null;
        Container container = at.containerOf(exec);
        in = container;
        Watch watch = container == null ? Watch.NOTHING : watches.of(container);
        if (container == null || !(watch.holds() || watch.unsettled())) {
            return Answer.PASS;
        }
        if (watches.waits(container, watch)) {
            return Answer.WAIT;
        }
        Answer answer = watch.driftActs() ? byDrift(exec, container) : Answer.PASS;
        if (answer == Answer.PASS && (watch.rules() || watch.malware()) && isMain(exec)) {
            answer = watch.malware() ? byHash(exec) : answer;
            answer = answer == Answer.PASS && watch.rules() ? byRules(exec, at) : answer;
        }
        return answer;
    }

    @Override
    public String container() {
        Container of = in;
        return of == null ? "" : of.fullId();
    }

    @Override
    public Standing standing(HeldExec exec) {
        Container container = in;
        boolean unknown =
                container != null
                        && watches.of(container).malware()
                        && isMain(exec)
                        && !byHash.isGood(exec, policies);
        if (container == null || unknown) {
            return Standing.NO;
        }
        return StandingJudge.of(exec, container, policies, inKernel.apply(container));
    }

    @Override
    public void rehearse(HeldExec exec) {
        Bench at = Objects.requireNonNull(bench);
        foreseen = null;
        at.containerAt(exec.cgroup());
        Observation observation = foresee(exec);
        at.match(observation, _ -> {});
        DriftFinding.rehearse(exec, observation);
        exec.launcher();
        exec.script();
        exec.continues();
    }

    /**
     * Rules see what the event will show: of a script its interpreter, of a program not the loader.
     */
    private static boolean isMain(HeldExec exec) {
        if (exec.script()) {
            return false;
        }
        String path = exec.file().path().toString();
        return !Launchers.isLoader(path) || !exec.continues();
    }

    private Answer byDrift(HeldExec exec, Container container) {
        Drift.Judged judged = drift.held(exec, policies, container, () -> foresee(exec));
        DriftJudgement judgement = judged.decision().drift();
        if (judgement == null) {
            return Answer.PASS;
        }
        Observation observation = foresee(exec);
        Finding finding = DriftFinding.of(judgement, judged.writer(), observation);
        Answer answer = answer(finding, judged.decision(), observation);
        if (answer == Answer.REFUSE) {
            exec.tellCaller(judgement.blockedNotice());
        }
        return answer;
    }

    private Answer byHash(HeldExec exec) {
        ByHash.Judged judged = byHash.judge(exec, policies, () -> foresee(exec));
        if (judged.finding() == null) {
            return judged.waits() ? Answer.WAIT : Answer.PASS;
        }
        Answer answer = answer(judged.finding(), judged.decision(), foresee(exec));
        if (answer == Answer.REFUSE) {
            exec.tellCaller(Notice.refused(exec, judged.decision().actions().getFirst().policy()));
        }
        return answer;
    }

    private Answer byRules(HeldExec exec, Bench at) {
        Observation observation = foresee(exec);
        Answer[] strongest = {Answer.PASS};
        String[] by = {""};
        at.match(
                observation,
                finding -> {
                    Decision decision = policies.decide(finding, observation, Moment.HELD);
                    Answer answer = answer(finding, decision, observation);
                    if (answer == Answer.REFUSE && strongest[0] != Answer.REFUSE) {
                        by[0] = decision.actions().getFirst().policy();
                    }
                    strongest[0] = strongest[0].stronger(answer);
                });
        if (strongest[0] == Answer.REFUSE) {
            exec.tellCaller(Notice.refused(exec, by[0]));
        }
        return strongest[0];
    }

    /** Refuses a call that waits and is no exec; DONE when it fails. */
    public Outcome refuse(Decision decision, Event event) {
        Outcome outcome = responder.prevention(decision);
        return outcome.equals(Outcome.DONE) && !enforcement.refuse(event)
                ? Outcome.failed("it does not wait any more")
                : outcome;
    }

    private Answer answer(Finding finding, Decision decision, Observation observation) {
        Answer answer = Answer.PASS;
        Target target = Target.of(observation);
        if (decision.prevents()) {
            Outcome outcome = responder.prevention(decision);
            answer = outcome.equals(Outcome.DONE) ? Answer.REFUSE : Answer.PASS;
        } else if (decision.kill().isPresent()) {
            Outcome outcome = responder.ending(decision, target);
            answer = outcome.equals(Outcome.DONE) ? Answer.KILL : Answer.PASS;
        }
        found.add(new Alerts.Held(finding, decision, target, observation));
        return answer;
    }

    @Override
    public void answered(HeldExec exec, Answer answer, boolean inTime) {
        if (answer == Answer.KILL) {
            for (Alerts.Held held : found) {
                Alert alert = alerts.of(held);
                after.doomed(exec.pid(), () -> alerts.tell(held, alert, null));
            }
            return;
        }
        if (!inTime) {
            // It was let pass: the kernel side has stopped it, and its event is judged like any.
            return;
        }
        after.refused(exec.tid());
        found.forEach(held -> alerts.tell(held, Outcome.DONE));
    }

    private Observation foresee(HeldExec exec) {
        Observation known = foreseen;
        if (known == null) {
            known = Objects.requireNonNull(bench).foresee(exec.event());
            foreseen = known;
        }
        return known;
    }

    /** Whether anything may be done at all. */
    public boolean acts() {
        return responder.acts();
    }
}
