// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.ActionResult.Status;
import dev.torimono.response.decision.PlannedAction;
import dev.torimono.response.policy.Limits;
import dev.torimono.response.testing.RealProcesses;
import dev.torimono.sensor.process.PidFdKiller;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against real processes, each started here, in sessions of their own. */
class ProcessActionsTest {
    private static final PlannedAction PLANNED =
            new PlannedAction(new Action.KillProcess(true), "P", Limits.DEFAULT, false);

    /**
     * Twelve workers that each fork without pause, a daemon that left the session, and workers that
     * replace those that die: never more than 50 processes at once.
     */
    private static final String BOMB =
            """
            worker() { while :; do sleep 0.02 & sleep 0.01; wait; done; }
            keeper() { while :; do ( worker ) & wait; done; }
            i=0; while [ $i -lt 12 ]; do ( keeper ) & i=$((i+1)); done
            setsid sh -c 'while :; do sleep 0.03; done' &
            wait
            """;

    private final ProcFiles proc = new ProcFiles(Path.of("/proc"));
    private final Guards guards =
            new Guards(
                    proc,
                    ProcessHandle.current().pid(),
                    new KillSwitch(),
                    new RateLimits(System::nanoTime),
                    false);
    private final ProcessActions actions = new ProcessActions(new PidFdKiller(), proc, guards);

    private static Target target(ProcessFacts process) {
        return new Target(process.pid(), process.startNs(), process.name(), null, 0);
    }

    @Test
    void killsOneProcessAndNotItsChildren() throws Exception {
        try (RealProcesses processes = new RealProcesses()) {
            ProcessFacts root = processes.start("sleep 300 & wait");
            processes.awaitAtLeast(2);

            Outcome outcome = actions.kill(PLANNED, target(root), false);

            assertThat(outcome).isEqualTo(Outcome.DONE);
            assertThat(proc.process(root.pid()).filter(p -> !p.still())).isEmpty();
            assertThat(processes.living()).extracting(ProcessFacts::name).containsExactly("sleep");
        }
    }

    @Test
    void killsATreeThatForksWithoutPause() throws Exception {
        for (int round = 0; round < 5; round++) {
            try (RealProcesses processes = new RealProcesses()) {
                ProcessFacts root = processes.start(BOMB);
                processes.awaitAtLeast(25);

                Outcome outcome = actions.kill(PLANNED, target(root), true);

                assertThat(processes.living()).as("survivors of round " + round).isEmpty();
                assertThat(outcome.reason()).matches("\\d+ processes");
                assertThat(outcome.status()).isEqualTo(Status.DONE);
            }
        }
    }

    @Test
    void daemonThatHidFromItsParentIsFoundByLineage() throws Exception {
        try (RealProcesses processes = new RealProcesses()) {
            // The middle process ends: the daemon belongs to another parent and session.
            ProcessFacts root =
                    processes.start("( setsid sh -c 'sleep 301 & sleep 302' & ) ; sleep 303");
            processes.awaitAtLeast(4);
            List<ProcessId> seen =
                    processes.living().stream()
                            .map(process -> new ProcessId(process.pid(), process.startNs()))
                            .toList();

            Outcome outcome = actions.kill(PLANNED, target(root).with(seen), true);

            assertThat(processes.living()).isEmpty();
            assertThat(outcome).isEqualTo(new Outcome(Status.DONE, "5 processes"));
        }
    }

    @Test
    void processThatEndedIsToldAsSuch() throws Exception {
        Target ended;
        try (RealProcesses processes = new RealProcesses()) {
            ended = target(processes.start("sleep 300"));
        }

        Outcome outcome = actions.kill(PLANNED, ended, false);

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.reason()).startsWith("it had ended by itself");
    }

    @Test
    void secondFindingOfOneEventIsToldThatItWasKilled() throws Exception {
        try (RealProcesses processes = new RealProcesses()) {
            ProcessFacts root = processes.start("sleep 300");
            actions.kill(PLANNED, target(root), false);

            assertThat(actions.kill(PLANNED, target(root), false))
                    .isEqualTo(new Outcome(Status.DONE, "killed already, for another finding"));
        }
    }

    @Test
    void processOfUnknownStartIsRefused() {
        Outcome outcome = actions.kill(PLANNED, new Target(4711, 0, "x", null, 0), false);

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.reason()).contains("start time of the process is not known");
    }

    @Test
    void agentIsSparedInItsOwnTree() throws Exception {
        Optional<ProcessFacts> self = proc.process(ProcessHandle.current().pid());

        Outcome outcome = actions.kill(PLANNED, target(self.orElseThrow()), true);

        assertThat(outcome).isEqualTo(Outcome.refused("the agent is never killed"));
    }
}
