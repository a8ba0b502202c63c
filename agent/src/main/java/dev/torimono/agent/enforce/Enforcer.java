// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.ActionResult;
import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Enforcement.Answer;
import dev.torimono.model.Enforcement.Refusal;
import dev.torimono.model.Enforcement.Standing;
import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.Finding;
import dev.torimono.model.HeldExec;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.response.Responder;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.Target;
import dev.torimono.response.decision.Decision;
import dev.torimono.response.decision.Moment;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.decision.Watch;
import dev.torimono.response.drift.DriftJudgement;
import dev.torimono.response.drift.Origin;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
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
    private static final int REMEMBERED = 1024;

    /** Of mmap's parameters. */
    private static final int PROTECTION = 6;

    private static final int EXECUTABLE = 4;

    private final Responder responder;
    private final Telling telling;
    private final Drift drift;
    private final AfterExec after;
    private final Enforcement enforcement;
    private final Young young = new Young();
    private final List<Held> found = new ArrayList<>();

    /** What is asked for in a container, as it is known now: another instance when it changes. */
    private final IdentityHashMap<Container, Watch> watches = new IdentityHashMap<>();

    private PolicySet policies;
    private Predicate<Container> armed = _ -> true;
    private Function<Container, Refusal> inKernel = _ -> Refusal.NONE;
    private @Nullable Bench bench;
    private @Nullable Observation foreseen;
    private final AtomicLong unexplained = new AtomicLong();

    /** Of the exec that was judged last. */
    private @Nullable Container in;

    /** Has an alert told with what comes of a decision. */
    @FunctionalInterface
    public interface Telling {
        void tell(Alert alert, Decision decision, Target target, @Nullable Outcome prevention);
    }

    /** What was found of the exec in hand. */
    private record Held(
            Finding finding, Decision decision, Target target, Observation observation) {}

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
        this.telling = telling;
        this.drift = new Drift(new Writers(), enforcement::look);
        this.after = new AfterExec(enforcement, responder, scopes());
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
        armed = isArmed;
        inKernel = refusedInKernel;
        bench = value;
        renew();
    }

    /** Puts other policies in force, with the rules that belong to them. */
    public void use(PolicySet others) {
        policies = others;
        renew();
    }

    /** What policies say of some container changed. */
    public void renew() {
        watches.clear();
        enforcement.renew(policies.names());
    }

    private AfterExec.Scopes scopes() {
        return new AfterExec.Scopes() {
            @Override
            public boolean undecided(Container container) {
                return policies.watch(container).unsettled()
                        && young.waits(container, System.nanoTime());
            }

            @Override
            public boolean acts(Container container) {
                return policies.watch(container).holds();
            }

            @Override
            public boolean armed(Container container) {
                return armed.test(container);
            }
        };
    }

    /** Containers whose execs passed because their runtime did not describe them in time. */
    public int undescribed() {
        return young.late();
    }

    /** From now on it is told of what passed that was not to, and why. */
    public void onPassed(Consumer<String> telling) {
        after.onUnheld(telling);
        young.onLate(
                container ->
                        telling.accept(
                                "container "
                                        + container.id()
                                        + ": its runtime has not described it within "
                                        + Young.WAITS_NS / 1_000_000_000
                                        + " s: execs that waited for that pass, and are judged by"
                                        + " their events"));
    }

    /** What concerns execs that have happened. */
    public AfterExec after() {
        return after;
    }

    @Override
    public Answer judge(HeldExec exec) {
        Bench at = Objects.requireNonNull(bench);
        found.clear();
        foreseen = null;
        Container container = containerOf(exec, at);
        in = container;
        Watch watch = container == null ? Watch.NOTHING : watch(container);
        if (container == null || !(watch.holds() || watch.unsettled())) {
            return Answer.PASS;
        }
        if (watch.unsettled() && young.waits(container, System.nanoTime())) {
            return Answer.WAIT;
        }
        Answer answer = watch.driftActs() ? byDrift(exec, container) : Answer.PASS;
        if (answer == Answer.PASS && watch.rules() && isMain(exec)) {
            answer = byRules(exec, at);
        }
        return answer;
    }

    /**
     * By the armed cgroup, which costs nothing to ask; by the path of its own where that is silent.
     */
    private static @Nullable Container containerOf(HeldExec exec, Bench at) {
        String id = exec.container();
        Container known = id.isEmpty() ? null : at.byId(id);
        return known == null ? at.containerAt(exec.cgroup()) : known;
    }

    private Watch watch(Container container) {
        Watch known = watches.get(container);
        if (known == null) {
            known = policies.watch(container);
            if (watches.size() >= REMEMBERED) {
                watches.clear();
            }
            watches.put(container, known);
        }
        return known;
    }

    @Override
    public String container() {
        Container of = in;
        return of == null ? "" : of.fullId();
    }

    /** Only of programs that the image brought: what else is true of them is not asked. */
    @Override
    public Standing standing(HeldExec exec) {
        Container container = in;
        HeldFile file = exec.file();
        if (container == null
                || Origins.of(file) != Origin.IMAGE
                || !file.is(Fd.LOWER_LAYER)
                || exec.script()) {
            return Standing.NO;
        }
        String path = file.path().toString();
        if (Launchers.isLoader(path)) {
            return exec.continues() ? loader(container, path) : Standing.NO;
        }
        // What it executes is named by its arguments, of which nobody may ask.
        return Launchers.mayLaunch(path) && policies.judgesScripts(container)
                ? Standing.NO
                : policies.standing(
                        container, path, exec.calledAs().toString(), inKernel.apply(container));
    }

    /** Rules are not asked about the loader of a program; prohibited binaries are. */
    private Standing loader(Container container, String path) {
        return policies.prohibits(container, path, inKernel.apply(container))
                ? Standing.NO
                : Standing.LOADER;
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
                    strongest[0] = stronger(strongest[0], answer);
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
        found.add(new Held(finding, decision, target, observation));
        return answer;
    }

    private static Answer stronger(Answer a, Answer b) {
        if (a == Answer.REFUSE || b == Answer.REFUSE) {
            return Answer.REFUSE;
        }
        return a == Answer.KILL || b == Answer.KILL ? Answer.KILL : Answer.PASS;
    }

    @Override
    public void answered(HeldExec exec, Answer answer, boolean inTime) {
        if (answer == Answer.KILL) {
            for (Held held : found) {
                Alert alert = alert(held);
                after.doomed(exec.pid(), () -> tell(held, alert, null));
            }
            return;
        }
        if (!inTime) {
            // It was let pass: the kernel side has stopped it, and its event is judged like any.
            return;
        }
        after.refused(exec.tid());
        found.forEach(held -> tell(held, alert(held), Outcome.DONE));
    }

    private Alert alert(Held held) {
        return Objects.requireNonNull(bench).alert(held.finding(), held.observation());
    }

    private void tell(Held held, Alert alert, @Nullable Outcome prevention) {
        Decision decision = held.decision();
        if (prevention != null && !decision.prevents()) {
            // It was refused for another finding: there is no process to act on.
            List<ActionResult> none = List.of();
            Alert whole = alert.with(decision.verdicts(), none);
            telling.tell(whole, Decision.NONE, held.target(), null);
            return;
        }
        telling.tell(alert, decision, held.target(), prevention);
    }

    private Observation foresee(HeldExec exec) {
        Observation known = foreseen;
        if (known == null) {
            known = Objects.requireNonNull(bench).foresee(exec.event());
            foreseen = known;
        }
        return known;
    }

    /** Judges a mapping of a file to be executed, and has it told; it has happened in any case. */
    public void mapped(Observation observation, Container container) {
        if (policies.judgesLibraries()
                && (observation.event().number(PROTECTION) & EXECUTABLE) != 0) {
            tell(drift.mapped(observation, policies, container), observation);
        }
    }

    /** Judges an exec that has happened for drift, and has it told. */
    public void happened(Observation observation, Container container) {
        Drift.Judged judged = drift.happened(observation, policies, container);
        if (judged.objects()) {
            after.decided(judged.decision(), observation);
        }
        tell(judged, observation);
    }

    private void tell(Drift.Judged judged, Observation observation) {
        DriftJudgement judgement = judged.decision().drift();
        if (judgement == null) {
            return;
        }
        Finding finding = DriftFinding.of(judgement, judged.writer(), observation);
        telling.tell(
                Objects.requireNonNull(bench).alert(finding, observation),
                judged.decision(),
                Target.of(observation),
                null);
    }

    /**
     * Tells of an exec that the kernel side refused by itself, as policies see it. Where they have
     * changed meanwhile, and nothing objects any more, it is counted.
     */
    public void refusedInKernel(Observation observation, @Nullable Container container) {
        // The same failure comes once more where rules want failed calls.
        after.refused(observation.event().tid());
        Drift.Judged judged =
                container == null
                        ? Drift.Judged.NOTHING
                        : drift.refused(observation, policies, container);
        DriftJudgement judgement = judged.decision().drift();
        if (judgement == null) {
            unexplained.incrementAndGet();
            return;
        }
        tellCaller(observation, judgement.blockedNotice());
        Finding finding = DriftFinding.of(judgement, judged.writer(), observation);
        // Where it would be killed by now: its caller must not be.
        tell(
                new Held(finding, judged.decision(), Target.of(observation), observation),
                Objects.requireNonNull(bench).alert(finding, observation),
                Outcome.DONE);
    }

    /** The caller may be gone already; who started it, in the same container, reads it as well. */
    private void tellCaller(Observation observation, String line) {
        Task task = observation.task();
        if (task == null || enforcement.tell(task.tid(), line)) {
            return;
        }
        Task parent = task.leader().parent();
        if (parent != null && Objects.equals(parent.container(), task.container())) {
            enforcement.tell(parent.pid(), line);
        }
    }

    /** Execs that the kernel side refused and to which no policy objects; any thread. */
    public long unexplained() {
        return unexplained.get();
    }

    /** Whether anything may be done at all. */
    public boolean acts() {
        return responder.acts();
    }

    /** Remembers who writes, in containers that are watched for drift. */
    public void wrote(Observation observation, Container container) {
        if (policies.watchesDrift(container)) {
            drift.note(observation);
        }
    }

    /** Whether drift is judged at all. */
    public boolean judgesDrift() {
        return policies.judgesDrift();
    }
}
