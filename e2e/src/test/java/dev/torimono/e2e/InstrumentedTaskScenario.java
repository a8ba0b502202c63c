// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.EcsTask;
import dev.torimono.e2e.fixture.Images;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.VictimApp;
import dev.torimono.e2e.victim.VulnerableApp;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A task definition as its owner wrote it, through {@code torimono instrument}, run with the image
 * of the sidecar as its Dockerfile makes it: alerts reach a collector, and its policies the task.
 */
@NeedsDocker
class InstrumentedTaskScenario {
    private static final String RULE = "Malicious filenames written";
    private static final String REDIRECT =
            "Redirect STDOUT/STDIN to network connection in container";
    private static final String SECRET = "arn:aws:secretsmanager:eu-1:1:secret:torimono";
    private static final String IMAGE = "torimono/serverless-agent";

    private final DockerDaemon docker;

    InstrumentedTaskScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    @Test
    void definitionIsCoveredByOneCommandAndTheCollectorSeesAndRules() throws Exception {
        AgentSetup setup = new AgentSetup(docker, "instrumented");
        buildImage();
        try (CollectorProcess collector = CollectorProcess.start(setup.file("collector"))) {
            JsonNode covered = instrument(setup, collector);
            String key = Files.readString(setup.file("collector").resolve("access.key")).strip();
            try (EcsTask task = new EcsTask(docker, covered, Map.of(SECRET, key))) {
                VictimApp app = task.application("web");
                assertThat(output(app, "touch /kinsing; ls /")).contains("kinsing");
                seen(collector, task);
                redirected(collector, app);
                ruled(collector, app);
                outsider(collector, task);
            }
        }
    }

    private static void seen(CollectorProcess collector, EcsTask task) {
        JsonNode event;
        try {
            // Told before ECS has described the task, it is told once more.
            event =
                    collector.awaitEvent(
                            "ruleName = \"" + RULE + "\" and container.name = \"web\"");
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + task.log("torimono"), e);
        }
        assertThat(event.path("content").path("fields").path("fd.name").asString(""))
                .isEqualTo("/kinsing");
        JsonNode labels = event.path("labels");
        assertThat(labels.path("container.name").asString("")).isEqualTo("web");
        // What ECS says of it, not what Docker does.
        assertThat(labels.path("container.image.repo").asString(""))
                .isEqualTo("1.dkr.ecr.eu-1.amazonaws.com/shop/web");
    }

    /** What the new fd stands for can only be asked of the waiting process's socket itself. */
    private static void redirected(CollectorProcess collector, VictimApp app) throws Exception {
        try (ServerSocket remote = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = remote.getLocalPort();
            output(app, "exec 3<>/dev/tcp/127.0.0.1/" + port + "; exec 0<&3; echo connected");
            JsonNode event = collector.awaitEvent("ruleName = \"" + REDIRECT + "\"");
            assertThat(event.path("content").toString()).contains("127.0.0.1:" + port);
        }
    }

    private static void ruled(CollectorProcess collector, VictimApp app) throws Exception {
        collector.call(
                "POST",
                "/api/v2/policies",
                """
                {"name": "No malicious names", "description": "d", "severity": 1, "enabled": true,
                 "type": "falco", "scope": "container.name = web",
                 "ruleNames": ["%s"], "notificationChannelIds": [],
                 "actions": [{"type": "POLICY_ACTION_KILL_PROCESS"}]}"""
                        .formatted(RULE));
        collector.awaitInForce();
        assertThat(output(app, "touch /xmrig; echo rc $?; ls /xmrig"))
                .contains("rc 137")
                .contains("No such file");
        collector.awaitEvent("name = \"No malicious names\"");
        assertThat(output(app, "echo lives")).contains("lives");
    }

    /** A person's way in, past the launcher. */
    private static void outsider(CollectorProcess collector, EcsTask task) {
        task.container("web").execDetached("/bin/sleep", "30").check();
        JsonNode event =
                collector.awaitEvent("ruleName = \"Torimono internal: process runs unseen\"");
        assertThat(event.path("content").path("fields").path("cover.program").asString(""))
                .contains("/bin/busybox");
        assertThat(event.path("content").toString()).contains("/bin/sleep 30");
    }

    /** As its head says, on a base that no registry is asked for. */
    private void buildImage() {
        Path root = AgentProcess.root();
        docker.docker(
                        "build",
                        "--network",
                        "host",
                        "--build-arg",
                        "BASE=" + docker.images().java(),
                        "-f",
                        root.resolve("packaging/serverless/Dockerfile").toString(),
                        "-t",
                        IMAGE,
                        root.toString())
                .with("DOCKER_BUILDKIT", "0")
                .within(Duration.ofMinutes(3))
                .check();
    }

    /** As its owner wrote it. */
    private String definition() {
        return """
            {
              "family": "shop",
              "networkMode": "awsvpc",
              "requiresCompatibilities": ["FARGATE"],
              "volumes": [
                {"name": "jdk", "host": {"sourcePath": "%s"}},
                {"name": "app", "host": {"sourcePath": "%s"}}
              ],
              "containerDefinitions": [
                {
                  "name": "web",
                  "image": "%s",
                  "mountPoints": [
                    {"sourceVolume": "jdk", "containerPath": "/opt/jdk"},
                    {"sourceVolume": "app", "containerPath": "/app"}
                  ],
                  "entryPoint": ["/opt/jdk/bin/java", "-XX:+UseSerialGC"],
                  "command": ["-cp", "/app", "%s"]
                }
              ]
            }
            """
                .formatted(
                        Images.javaHome(),
                        VictimApp.classes(),
                        docker.images().bashAndLibc(),
                        VulnerableApp.class.getName());
    }

    private JsonNode instrument(AgentSetup setup, CollectorProcess collector) throws Exception {
        setup.write("task.json", definition());
        String out =
                AgentProcess.run(
                                "instrument",
                                "--collector",
                                collector.uri().toString(),
                                "--fingerprint",
                                fingerprint(collector.certificate()),
                                "--access-key-secret",
                                SECRET,
                                setup.file("task.json").toString())
                        .check()
                        .out();
        return JsonMapper.shared().readTree(out);
    }

    private static String fingerprint(Path certificate)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(certificate)) {
            byte[] der =
                    CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        }
    }

    private static String output(VictimApp app, String command) throws Exception {
        return app.exploit(command).get(60, TimeUnit.SECONDS).body();
    }
}
