// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.ServerlessTask;
import dev.torimono.e2e.fixture.VictimApp;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A web application without any privilege is exploited; the agent sits in a sidecar. */
@NeedsDocker
class ServerlessScenario {
    private static final String RULE = "Malicious filenames written";
    private static final String PASSED = "Torimono internal: calls passed unjudged";

    private final DockerDaemon docker;

    ServerlessScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    private static String output(VictimApp app, String command) throws Exception {
        return app.exploit(command).get(60, TimeUnit.SECONDS).body();
    }

    @Test
    void maliciousNameIsSeenAndTheListGrows() throws Exception {
        AgentSetup setup = new AgentSetup(docker, "serverless").rules("local.yaml", "");
        try (ServerlessTask task = new ServerlessTask(docker, "see")) {
            AgentProcess agent = task.sidecar(setup);
            VictimApp app = task.application("availability");
            assertThat(output(app, "ls /")).contains("proc");
            output(app, "touch /kinsing");
            AlertLine alert = agent.alerts().await(RULE, named("/kinsing"));
            assertThat(alert.field("proc.cmdline")).isEqualTo("touch /kinsing");
            assertThat(alert.field("container.name")).isEqualTo("web");
            assertThat(output(app, "ls /")).contains("kinsing");

            setup.write(
                    "local.yaml",
                    """
                    - list: malicious_filenames
                      items: [test.txt]
                      override: {items: append}
                    """);
            agent.alerts()
                    .awaitWhile(
                            "an alert for /test.txt after the list has grown",
                            named("/test.txt"),
                            () -> app.exploit("rm -f /test.txt; touch /test.txt").join());
        }
    }

    @Test
    void refusedFileIsNeverMade() throws Exception {
        AgentSetup setup =
                new AgentSetup(docker, "serverless-prevent")
                        .policies("prevent.yaml", policy("prevent: true"));
        try (ServerlessTask task = new ServerlessTask(docker, "prevent")) {
            AgentProcess agent = task.sidecar(setup);
            VictimApp app = task.application("availability");
            assertThat(output(app, "touch /kinsing; ls /kinsing"))
                    .contains("touch: /kinsing: Operation not permitted")
                    .contains("No such file");
            AlertLine alert = agent.alerts().await(RULE, of(RULE));
            assertThat(alert.toString()).contains("exec_prevented");
        }
    }

    @Test
    void killedProcessMakesNoFileAndTheApplicationLives() throws Exception {
        AgentSetup setup =
                new AgentSetup(docker, "serverless-kill")
                        .policies("kill.yaml", policy("kill_process: true"));
        try (ServerlessTask task = new ServerlessTask(docker, "kill")) {
            AgentProcess agent = task.sidecar(setup);
            VictimApp app = task.application("availability");
            assertThat(output(app, "touch /kinsing; echo rc $?; ls /kinsing"))
                    .contains("rc 137")
                    .contains("No such file");
            AlertLine alert = agent.alerts().await(RULE, of(RULE));
            assertThat(alert.toString()).contains("process_killed").contains("\"done\"");
            assertThat(output(app, "echo lives")).contains("lives");
        }
    }

    @Test
    void driftedProgramIsRefusedByItsBirth() throws Exception {
        AgentSetup setup =
                new AgentSetup(docker, "serverless-drift")
                        .policies(
                                "drift.yaml",
                                """
                                policies:
                                  - name: No drift
                                    type: drift
                                    severity: 1
                                    actions: {prevent: true}
                                """);
        try (ServerlessTask task = new ServerlessTask(docker, "drift")) {
            AgentProcess agent = task.sidecar(setup);
            VictimApp app = task.application("availability");
            String out =
                    output(app, "cp /bin/busybox /usr/bin/sleep; /usr/bin/sleep 0; echo rc $?");
            assertThat(out).contains("Operation not permitted").contains("rc 126");
            agent.alerts()
                    .await("drift", alert -> alert.output().contains("Drifted binary executed"));
            assertThat(output(app, "/bin/sleep 0; echo rc $?")).contains("rc 0");
        }
    }

    @Test
    void applicationOutlivesSidecarsThatEndAndFreeze() throws Exception {
        AgentSetup setup = new AgentSetup(docker, "serverless-end").rules("local.yaml", "");
        try (ServerlessTask task = new ServerlessTask(docker, "end")) {
            AgentProcess first = task.sidecar(setup);
            VictimApp app = task.application("availability");
            output(app, "touch /tmp/kinsing");
            first.alerts().await(RULE, of(RULE));

            task.freezeSidecar(true);
            assertThat(output(app, "/bin/sleep 0; echo goes on")).contains("goes on");
            task.freezeSidecar(false);
            first.alerts().await(PASSED, of(PASSED));

            task.killSidecar();
            assertThat(output(app, "/bin/sleep 0; echo goes on")).contains("goes on");

            AgentProcess second = task.sidecar(setup);
            second.alerts()
                    .awaitWhile(
                            "an alert of the new sidecar",
                            named("/tmp/xmrig"),
                            () -> app.exploit("rm -f /tmp/xmrig; touch /tmp/xmrig").join());
        }
    }

    @Test
    void whereSecurityComesFirstTheApplicationWaitsForTheSidecar() throws Exception {
        AgentSetup setup = new AgentSetup(docker, "serverless-wait").rules("local.yaml", "");
        try (ServerlessTask task = new ServerlessTask(docker, "wait")) {
            task.sidecar(setup);
            VictimApp app = task.application("security");
            assertThat(output(app, "/bin/sleep 0; echo ran")).contains("ran");
            task.killSidecar();
            CompletableFuture<?> waits = app.exploit("touch /tmp/kinsing");
            TimeUnit.SECONDS.sleep(3);
            assertThat(waits).isNotDone();
            AgentProcess second = task.sidecar(setup);
            waits.get(60, TimeUnit.SECONDS);
            second.alerts().await(RULE, named("/tmp/kinsing"));
        }
    }

    private static Predicate<AlertLine> of(String rule) {
        return alert -> alert.rule().equals(rule);
    }

    private static Predicate<AlertLine> named(String file) {
        return of(RULE).and(alert -> alert.field("fd.name").equals(file));
    }

    private static String policy(String action) {
        return """
                policies:
                  - name: No malicious names
                    severity: 1
                    scope: container.name = web
                    rules: [%s]
                    actions: {%s}
                """
                .formatted(RULE, action);
    }
}
