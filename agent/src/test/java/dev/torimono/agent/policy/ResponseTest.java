// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Accounts;
import dev.torimono.model.ActionResult;
import dev.torimono.model.ActionResult.Status;
import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.FdTable;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.model.ProcessKiller;
import dev.torimono.model.Task;
import dev.torimono.model.Verdict;
import dev.torimono.response.ContainerBoard;
import dev.torimono.response.Means;
import dev.torimono.response.Responder;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.action.Recorder;
import dev.torimono.response.decision.PolicySet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResponseTest {
    private static final String SHELL = "Terminal shell in container";
    private static final String KILL =
            """
            policies:
              - name: Kill it
                severity: 1
                rules: [Terminal shell in container]
                actions: {kill_process: true}
            """;

    private final BlockingQueue<Alert> told = new LinkedBlockingQueue<>();
    private final ContainerBoard board = new ContainerBoard();
    private final KillSwitch killSwitch = new KillSwitch();
    private final ProcessKiller nobody = (pid, start) -> new ProcessKiller.Gone("it had ended");
    private final Responder responder =
            new Responder(
                    Means.live(
                            nobody,
                            _ -> null,
                            List.of(),
                            List.of(),
                            Recorder.NONE,
                            board,
                            killSwitch,
                            false),
                    () -> 2_000_000);

    @AfterEach
    void close() {
        responder.close();
    }

    private Response response(PolicySet policies) {
        return new Response(
                policies,
                new World() {
                    @Override
                    public List<Container> containers() {
                        return List.of();
                    }

                    @Override
                    public List<Task> descendants(Task task) {
                        return List.of();
                    }
                },
                responder,
                board,
                Past.NONE,
                told::add);
    }

    private static Alert alert(String rule) {
        return new Alert(
                new Finding(rule, Priority.NOTICE, "syscall", List.of(), 1, 1, "m", Map.of()),
                "box",
                List.of());
    }

    private static Observation observation() {
        Task task = new Task(4711, 4711);
        task.startNs(5);
        return new Observation(Accounts.NONE, FdTable.NONE)
                .set(
                        new EventBuilder(EventType.symbol("SYSCALL_EXECVE_19_X"), 1_000_000, 4711)
                                .number("res", 0)
                                .event(),
                        task,
                        null);
    }

    private Alert next() throws InterruptedException {
        Alert next = told.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was told");
        }
        return next;
    }

    @Test
    void findingThatNoPolicyCoversIsToldAsItIs() throws InterruptedException {
        response(Books.set(KILL)).follow(alert("Some other rule"), observation());

        assertThat(next().verdicts()).isEmpty();
    }

    @Test
    void alertTellsPoliciesAndWhatWasDone() throws InterruptedException {
        response(Books.set(KILL)).follow(alert(SHELL), observation());

        Alert alert = next();
        assertThat(alert.verdicts())
                .extracting(Verdict::policy)
                .containsExactly("Runtime Notable Events", "Kill it");
        assertThat(alert.severity()).isEqualTo(1);
        assertThat(alert.actions())
                .containsExactly(
                        new ActionResult("process_killed", Status.FAILED, "it had ended", 1));
    }

    @Test
    void killSwitchLeavesTheAlertAndTakesTheAction() throws InterruptedException {
        killSwitch.engage("drill");
        response(Books.set(KILL)).follow(alert(SHELL), observation());

        assertThat(next().actions().getFirst().status()).isEqualTo(Status.REFUSED);
    }

    @Test
    void otherPoliciesDecideFromThenOn() throws InterruptedException {
        Response response = response(Books.set(KILL));
        response.use(Books.set(KILL.replace("kill_process: true", "")));
        response.follow(alert(SHELL), observation());

        assertThat(next().actions()).isEmpty();
    }
}
