// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.ActionResult;
import dev.torimono.model.ActionResult.Status;
import dev.torimono.model.Container;
import dev.torimono.model.ProcessKiller;
import dev.torimono.model.Verdict;
import dev.torimono.response.action.Action;
import dev.torimono.response.action.Guards;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.ProcFiles;
import dev.torimono.response.action.ProcessActions;
import dev.torimono.response.action.RateLimits;
import dev.torimono.response.action.Recorder;
import dev.torimono.response.action.Target;
import dev.torimono.response.container.ContainerActions;
import dev.torimono.response.container.ContainerControl;
import dev.torimono.response.decision.Capabilities;
import dev.torimono.response.decision.Decision;
import dev.torimono.response.decision.PlannedAction;
import dev.torimono.response.decision.PolicyLoader;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.decision.Tallies;
import dev.torimono.response.policy.Actions.ContainerStep;
import dev.torimono.response.policy.Limits;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.scope.HostFacts;
import dev.torimono.response.testing.Containers;
import dev.torimono.response.testing.Observations;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResponderTest {
    private static final Verdict VERDICT =
            new Verdict("P", "workload", 2, "enforce", List.of(), List.of(), List.of(), "");
    private static final Target TARGET =
            new Target(4711, 50_000_000, "sh", Containers.named("test"), 1_000_000_000L);

    @TempDir private Path emptyProc;
    private final CountDownLatch containerMayEnd = new CountDownLatch(1);
    private final FakeKiller killer = new FakeKiller();
    private final KillSwitch killSwitch = new KillSwitch();
    private final Heard heard = new Heard();
    private @org.jspecify.annotations.Nullable Responder running;

    /** Kills by saying so. */
    private static final class FakeKiller implements ProcessKiller {
        @Override
        public Grip grip(long pid, long startNs) {
            return new Held(
                    new Hold() {
                        @Override
                        public long pid() {
                            return pid;
                        }

                        @Override
                        public String signal(int number) {
                            return "";
                        }

                        @Override
                        public boolean awaitDeath(long timeoutMs) {
                            return true;
                        }

                        @Override
                        public void close() {}
                    });
        }
    }

    /** A runtime that takes as long as the test wants. */
    private final class SlowRuntime implements ContainerControl {
        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Answer act(Operation operation, Container container, long pid) {
            try {
                if (!containerMayEnd.await(60, TimeUnit.SECONDS)) {
                    return new Refused("the test forgot it");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Done("");
        }
    }

    private record Told(List<Verdict> verdicts, List<ActionResult> actions) {}

    private static final class Heard implements Reply {
        private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
        private final BlockingQueue<ActionResult> late = new LinkedBlockingQueue<>();

        @Override
        public void told(List<Verdict> verdicts, List<ActionResult> actions) {
            told.add(new Told(verdicts, actions));
        }

        @Override
        public void decided(List<Verdict> verdicts) {
            throw new AssertionError("decided after it was told: " + verdicts);
        }

        @Override
        public void late(ActionResult result) {
            late.add(result);
        }

        Told next() throws InterruptedException {
            Told next = told.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was told");
            }
            return next;
        }
    }

    private Responder responder(boolean dryRun, ContainerLookup lookup) {
        ProcFiles proc = new ProcFiles(emptyProc);
        Guards guards = new Guards(proc, 1, killSwitch, new RateLimits(System::nanoTime), dryRun);
        Responder responder =
                new Responder(
                        new Means(
                                guards,
                                new ProcessActions(killer, proc, guards),
                                new ContainerActions(List.of(new SlowRuntime()), guards),
                                Recorder.NONE,
                                lookup),
                        () -> 1_002_500_000L);
        running = responder;
        return responder;
    }

    private static Decision decision(Action... actions) {
        return new Decision(
                List.of(VERDICT),
                java.util.Arrays.stream(actions)
                        .map(action -> new PlannedAction(action, "P", Limits.DEFAULT, false))
                        .toList(),
                List.of(),
                null);
    }

    @AfterEach
    void end() {
        containerMayEnd.countDown();
        if (running != null) {
            running.close();
        }
    }

    @Test
    void decisionWithoutActionsIsToldAtOnce() {
        responder(false, ContainerLookup.NONE).carryOut(decision(), TARGET, heard);

        assertThat(heard.told).containsExactly(new Told(List.of(VERDICT), List.of()));
    }

    @Test
    void killIsToldWithItsLatency() throws Exception {
        responder(false, ContainerLookup.NONE)
                .carryOut(decision(new Action.KillProcess(false)), TARGET, heard);

        assertThat(heard.next().actions())
                .containsExactly(new ActionResult("process_killed", Status.DONE, "", 2.5));
    }

    @Test
    void slowActionIsToldAsPendingAndThenLate() throws Exception {
        Responder responder = responder(false, ContainerLookup.NONE);
        long before = System.nanoTime();

        responder.carryOut(
                decision(new Action.OnContainer(ContainerStep.STOP), new Action.KillProcess(false)),
                TARGET,
                heard);
        Told told = heard.next();

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before))
                .isGreaterThanOrEqualTo(Responder.TELL_WITHIN_MS - 1);
        assertThat(told.actions())
                .extracting(ActionResult::type, ActionResult::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("container_stopped", Status.PENDING),
                        org.assertj.core.groups.Tuple.tuple("process_killed", Status.DONE));
        containerMayEnd.countDown();
        assertThat(heard.late.poll(60, TimeUnit.SECONDS))
                .isEqualTo(new ActionResult("container_stopped", Status.DONE, "", 2.5));
        assertThat(heard.told).as("told once").isEmpty();
        assertThat(responder.counters().get(ResponseCounter.TOLD_PENDING)).isEqualTo(1);
        assertThat(responder.counters().get(ResponseCounter.RESULTS_LATE)).isEqualTo(1);
    }

    @Test
    void killSwitchRefusesWithItsReason() throws Exception {
        killSwitch.engage("maintenance");
        Responder responder = responder(false, ContainerLookup.NONE);

        responder.carryOut(decision(new Action.KillProcess(false)), TARGET, heard);

        ActionResult result = heard.next().actions().getFirst();
        assertThat(result.status()).isEqualTo(Status.REFUSED);
        assertThat(result.reason()).isEqualTo("the kill switch is engaged: maintenance");
        assertThat(responder.prevention(decision(new Action.Prevent(false))).status())
                .isEqualTo(Status.REFUSED);
        assertThat(responder.counters().get(ResponseCounter.ACTIONS_REFUSED)).isEqualTo(1);
    }

    @Test
    void dryRunOnlyTells() throws Exception {
        Responder responder = responder(true, ContainerLookup.NONE);

        responder.carryOut(decision(new Action.KillProcess(true)), TARGET, heard);

        assertThat(heard.next().actions())
                .containsExactly(
                        new ActionResult(
                                "process_tree_killed",
                                Status.MONITORED,
                                "the agent only rehearses: dry run",
                                -1));
        assertThat(responder.prevention(decision(new Action.Prevent(false))).status())
                .isEqualTo(Status.MONITORED);
    }

    @Test
    void preventedExecIsToldAsTheGateSaysIt() throws Exception {
        Responder responder = responder(false, ContainerLookup.NONE);
        Decision held = decision(new Action.Prevent(true));

        Outcome prevention = responder.prevention(held);
        responder.carryOut(held, TARGET, prevention, heard);

        assertThat(prevention).isEqualTo(Outcome.DONE);
        assertThat(heard.next().actions())
                .containsExactly(new ActionResult("drift_prevented", Status.DONE, "", 2.5));
    }

    @Test
    void openDecisionWaitsForTheRuntimeAndActsThen() throws Exception {
        PolicyLoader loader =
                new PolicyLoader(
                        List.of(),
                        HostFacts.named("box"),
                        new Capabilities(
                                Capabilities.Prevention.NONE,
                                Capabilities.Killing.PIDFD,
                                false,
                                false),
                        new Tallies(),
                        Clock.systemUTC());
        PolicySet set =
                loader.load(
                        List.of(
                                new PolicyFile(
                                        "p.yaml",
                                        """
                                        policies:
                                          - name: P
                                            scope: container.name = test
                                            rules: ["*"]
                                            actions: {kill_process: true}
                                        """)),
                        List.of());
        Container pending = Container.pending(Containers.ID, "docker");
        ContainerBoard board = new ContainerBoard();
        Responder responder = responder(false, board);

        responder.carryOut(
                set.decide(Observations.finding("X"), Observations.exec("sh", pending, 0)),
                new Target(4711, 50_000_000, "sh", pending, 1_000_000_000L),
                heard);
        for (int i = 0; i < 12_000 && !board.wanted(); i++) {
            Thread.sleep(5);
        }
        board.show(List.of(Containers.named("test")));
        Told told = heard.next();

        assertThat(told.verdicts()).extracting(Verdict::policy).containsExactly("P");
        assertThat(told.actions())
                .containsExactly(new ActionResult("process_killed", Status.DONE, "", 2.5));
    }

    @Test
    void faultOfAnActionIsToldAndTheNextOneIsDone() throws Exception {
        Responder responder = responder(false, ContainerLookup.NONE);
        Action broken = new Action.OnContainer(ContainerStep.NONE);
        containerMayEnd.countDown();

        responder.carryOut(decision(broken), TARGET, heard);
        assertThat(heard.next().actions().getFirst().reason()).contains("nothing to do");
        responder.carryOut(decision(new Action.OnContainer(ContainerStep.KILL)), TARGET, heard);

        assertThat(heard.next().actions().getFirst().status()).isEqualTo(Status.DONE);
        assertThat(responder.counters().get(ResponseCounter.FAULTS)).isEqualTo(1);
    }
}
