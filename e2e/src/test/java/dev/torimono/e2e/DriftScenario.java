// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.RaceTool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was not in the image does not run: the third founding article, and ways around it. */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftScenario {
    private static final String RULE = "Container drift";
    private static final int CHANGED = 24;
    private static final String LISTS =
            """
            policies:
              - name: Drift with lists
                type: drift
                scope: container.name = NAME
                drift:
                  exceptions: [/opt/ok/]
                  prohibited_binaries: [/usr/bin/bash, /bin/bash]
                actions: {prevent: true}
            """;

    private final Container prevented;
    private final Container touched;
    private final Container detected;
    private final Container listed;
    private final AgentProcess agent;
    private final HttpServer server;

    DriftScenario(DockerDaemon docker) throws IOException {
        List<String> options = new ArrayList<>(List.of("--network", "host"));
        options.addAll(List.of("--cap-add", "SYS_ADMIN", "--security-opt", "seccomp=unconfined"));
        options.addAll(RaceTool.mount(docker));
        String image = docker.images().bashAndLibc();
        String many = docker.images().manyPrograms(2 * CHANGED);
        prevented = docker.run(many, options, "sleep", "1000000");
        touched = docker.run(image, options, "sleep", "1000000");
        detected = docker.run(image, options, "sleep", "1000000");
        listed = docker.run(image, options, "sleep", "1000000");
        server = serve(docker.folder("www"));
        Path example = AgentProcess.root().resolve("ruleset/examples/drift-prevent.yaml");
        String policy =
                Files.readString(example)
                        .replace(
                                "container.name = test",
                                "container.name in ("
                                        + prevented.name()
                                        + ", "
                                        + touched.name()
                                        + ")");
        agent =
                new AgentSetup(docker, "drift")
                        .policies("drift-prevent.yaml", policy)
                        .policies("lists.yaml", LISTS.replace("NAME", listed.name()))
                        .start();
        agent.awaitLog("(" + prevented.name() + ") armed");
        agent.awaitLog("(" + touched.name() + ") armed");
        agent.awaitLog("(" + listed.name() + ") armed");
    }

    /** An archive with a program, on the loopback. */
    private static HttpServer serve(Path folder) throws IOException {
        Files.copy(Path.of("/usr/bin/busybox"), folder.resolve("event-generator"));
        Command.of("tar", "-C", folder.toString(), "-czf", folder + "/eg.tgz", "event-generator")
                .check();
        byte[] archive = Files.readAllBytes(folder.resolve("eg.tgz"));
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, archive.length);
                    try (var body = exchange.getResponseBody()) {
                        body.write(archive);
                    }
                });
        server.start();
        return server;
    }

    @AfterAll
    void stop() {
        agent.close();
        server.stop(0);
        listed.close();
        detected.close();
        touched.close();
        prevented.close();
    }

    /** As a person types it. */
    private String typed() {
        return "cd /\nwget -q -O eg.tgz http://127.0.0.1:"
                + server.getAddress().getPort()
                + "/eg.tgz\ntar -xzvf eg.tgz\nchmod 777 event-generator\n"
                + "./event-generator echo it runs\nexit\n";
    }

    @Test
    void downloadedProgramIsBlockedAndTheCallerReadsWhy() {
        Command.Result shell = prevented.terminal("bash").input(typed()).run();

        assertThat(shell.out())
                .contains(
                        "Torimono Drift Control: execution of drifted binary '/event-generator' by"
                                + " process '/bin/bash' was blocked")
                .contains("Operation not permitted");
        AlertLine alert =
                agent.alerts()
                        .await(
                                "the downloaded program",
                                a ->
                                        a.from(prevented)
                                                && a.field("drift.file")
                                                        .equals("/event-generator"));
        assertThat(alert.actions()).containsExactly("drift_prevented done");
        assertThat(alert.policies()).contains("Container Drift", "No drift in test");
        assertThat(alert.field("drift.reason")).isEqualTo("added");
        assertThat(alert.field("drift.writer.cmdline")).isEqualTo("tar -xzvf eg.tgz");
        assertThat(alert.lineageNames()).startsWith("event-generator", "bash");
    }

    @Test
    void detectModeLetsItRunAndTellsTheSame() {
        // Named as the applet: busybox goes by it.
        String script = typed().replace("./event-generator", "cp event-generator echo\n./echo");
        assertThat(detected.terminal("bash").input(script).run().out()).contains("it runs");

        AlertLine alert = agent.alerts().await(RULE, detected);
        assertThat(alert.actions()).isEmpty();
        assertThat(alert.field("drift.file")).isEqualTo("/echo");
        assertThat(alert.field("drift.writer.cmdline")).isEqualTo("cp event-generator echo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy",
                "symlink",
                "hardlink",
                "rename",
                "bind",
                "procfd",
                "execveat",
                "deleted",
                "memfd",
                "newtmpfs",
                "script",
                "interpreter"
            })
    void nothingDriftedRunsHoweverItIsTried(String method) {
        RaceTool.Count count = RaceTool.run(prevented, method, 24, 8);

        assertThat(count.ran()).as(count.toString()).isZero();
        assertThat(count.other()).as(count.toString()).isZero();
        assertThat(count.tried()).isEqualTo(24);
    }

    /** Programs of the image are not held each time, and yet judged once they are others. */
    @ParameterizedTest
    @ValueSource(strings = {"chmodded", "mapped"})
    void programThatPassedBeforeIsDriftOnceItIsChanged(String method) {
        RaceTool.Count count = RaceTool.run(prevented, method, CHANGED, 8);

        assertThat(count.ran()).as(count.toString()).isZero();
        assertThat(count.other()).as(count.toString()).isZero();
        assertThat(count.tried()).isEqualTo(CHANGED);
    }

    @Test
    void changedModeOfAProgramOfTheImageIsDrift() {
        Command.Result ran =
                touched.exec("sh", "-c", "chmod 700 /bin/bash; bash -c 'echo ran'").run();

        assertThat(ran.out()).doesNotContain("ran");
        agent.alerts()
                .await(
                        "touched bash",
                        a -> a.from(touched) && a.field("drift.reason").equals("touched"));
    }

    @Test
    void programsOfTheImageRun() {
        for (int i = 0; i < 20; i++) {
            assertThat(prevented.exec("busybox", "echo", "fine").check().text()).isEqualTo("fine");
        }
    }

    @Test
    void exceptionsRunAndProhibitedProgramsDoNot() {
        listed.exec("sh", "-c", "mkdir -p /opt/ok; cp /bin/busybox /opt/ok/echo").check();
        assertThat(listed.exec("/opt/ok/echo", "ran").check().text()).isEqualTo("ran");

        assertThat(listed.exec("bash", "-c", "echo ran").run().out()).doesNotContain("ran");
        agent.alerts()
                .await(
                        "prohibited bash",
                        a -> a.from(listed) && a.field("drift.reason").equals("prohibited_binary"));
    }

    @Test
    void loaderAsLauncherDoesNotHelp() {
        String script =
                "cp /bin/bash /tmp/b; loader=$(ls /lib64/ld-linux* /lib/ld-* 2>/dev/null | head -n 1);"
                        + " \"$loader\" /tmp/b -c 'echo it runs'";

        assertThat(prevented.exec("sh", "-c", script).run().out()).doesNotContain("it runs");
    }
}
