// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Drift that is meant: packages that are installed and images that build something at their start;
 * what is refused of it, and what exception lets it be.
 */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftInstallScenario {
    private static final String POLICIES =
            """
            policies:
              - name: Strict
                type: drift
                scope: container.name in (STRICT, tori-build-strict)
                actions: {prevent: true}
              - name: Installs
                type: drift
                scope: container.name = INSTALLS
                drift: {allowed_ancestors: [/usr/bin/dpkg]}
                actions: {prevent: true}
              - name: Builds
                type: drift
                scope: container.name = tori-build-excepted
                drift: {exceptions: [/srv/app/]}
                actions: {prevent: true}
            """;

    /** The script runs, by a shell of the image, what the package has just brought. */
    private static final String POSTINST =
            """
            #!/bin/sh
            set -e
            /usr/bin/fresh echo set up > /set-up
            """;

    private static final String PRERM =
            """
            #!/bin/sh
            /usr/bin/fresh echo going
            """;

    private static final String CONTROL =
            """
            Package: fresh
            Version: 1.0
            Architecture: all
            Maintainer: Nobody <nobody@example.org>
            Description: brings a program and runs it
            """;

    /** What builds at its start: makes a program and becomes it. */
    private static final String BUILDS =
            "mkdir -p /srv/app; cp /bin/busybox /srv/app/sleep; chmod 755 /srv/app/sleep;"
                    + " echo built; exec /srv/app/sleep 1000000";

    private final DockerDaemon docker;
    private final Container strict;
    private final Container installs;
    private final AgentProcess agent;

    DriftInstallScenario(DockerDaemon docker) throws IOException {
        this.docker = docker;
        Path folder = docker.folder("deb");
        pack(folder);
        List<String> options = List.of("--network", "none", "-v", folder + ":/deb:ro");
        String image = docker.images().withDpkg();
        strict = docker.run(image, options, "sleep", "1000000");
        installs = docker.run(image, options, "sleep", "1000000");
        agent =
                new AgentSetup(docker, "drift-install")
                        .policies(
                                "policies.yaml",
                                POLICIES.replace("STRICT", strict.name())
                                        .replace("INSTALLS", installs.name()))
                        .start();
        agent.awaitLog("(" + strict.name() + ") armed");
        agent.awaitLog("(" + installs.name() + ") armed");
    }

    private static void pack(Path folder) throws IOException {
        Path tree = folder.resolve("tree");
        Path control = Files.createDirectories(tree.resolve("DEBIAN"));
        Path programs = Files.createDirectories(tree.resolve("usr/bin"));
        Files.writeString(control.resolve("control"), CONTROL);
        Files.writeString(control.resolve("postinst"), POSTINST);
        Files.writeString(control.resolve("prerm"), PRERM);
        for (String script : List.of("postinst", "prerm")) {
            Files.setPosixFilePermissions(
                    control.resolve(script), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(
                folder.resolve("fresh.c"),
                """
                #include <stdio.h>
                #include <unistd.h>
                int main(int n, char **a) { return n > 1 ? (execvp(a[1], a + 1), 1) : 0; }
                """);
        Command.of(
                        "gcc",
                        "-static",
                        "-o",
                        programs.resolve("fresh").toString(),
                        folder + "/fresh.c")
                .check();
        Command.of("dpkg-deb", "--root-owner-group", "-b", tree.toString(), folder + "/fresh.deb")
                .check();
    }

    @AfterAll
    void stop() {
        agent.close();
        installs.close();
        strict.close();
    }

    @Test
    void packagesAreInstalledAndRemovedBelowAnAllowedAncestor() {
        Command.Result installed = installs.exec("dpkg", "-i", "/deb/fresh.deb").run();
        assertThat(installed.exit()).as(installed.out() + installed.err()).isZero();
        assertThat(installs.exec("cat", "/set-up").check().text()).isEqualTo("set up");
        installs.exec("dpkg", "-r", "fresh").check();
        installs.exec("dpkg", "-i", "/deb/fresh.deb").check();

        assertThat(installs.exec("/usr/bin/fresh").run().exit())
                .as("by anybody else it is drift")
                .isNotZero();
        agent.alerts().await("the new program, run by somebody else", a -> objects(a, "Installs"));
        List<AlertLine> objections = agent.alerts().all(a -> objects(a, "Installs"));
        assertThat(objections).hasSize(1);
        assertThat(objections.getFirst().field("drift.file")).isEqualTo("/usr/bin/fresh");
        assertThat(objections.getFirst().field("drift.writer")).isEqualTo("/usr/bin/dpkg");
    }

    @Test
    void withoutAnExceptionThePackagesScriptIsDrift() {
        assertThat(strict.exec("dpkg", "-i", "/deb/fresh.deb").run().exit()).isNotZero();

        AlertLine alert =
                agent.alerts()
                        .await(
                                "the package's script",
                                a ->
                                        objects(a, "Strict")
                                                && a.field("drift.file")
                                                        .equals(
                                                                "/var/lib/dpkg/info/fresh.postinst"));
        assertThat(alert.field("drift.launcher")).isEqualTo("/usr/bin/dpkg");
        assertThat(alert.actions()).containsExactly("drift_prevented done");
    }

    @Test
    void programBuiltAtTheStartRunsWhereItsFolderIsExcepted() {
        try (Container built = docker.start("tori-build-excepted", BUILDS)) {
            Pause.until(
                    "the container to become what it built",
                    Duration.ofSeconds(60),
                    () ->
                            built.exec("readlink", "/proc/1/exe")
                                    .run()
                                    .text()
                                    .equals("/srv/app/sleep"),
                    agent::logText);
        }
        assertThat(agent.alerts().all(a -> objects(a, "Builds"))).isEmpty();
    }

    @Test
    void programBuiltAtTheStartIsDriftOtherwise() {
        try (Container built = docker.start("tori-build-strict", BUILDS)) {
            AlertLine alert =
                    agent.alerts()
                            .await(
                                    "what was built",
                                    a ->
                                            objects(a, "Strict")
                                                    && a.field("drift.file")
                                                            .equals("/srv/app/sleep"));
            assertThat(alert.field("drift.writer.cmdline"))
                    .contains("cp /bin/busybox /srv/app/sleep");
            Pause.until("the container to end", Duration.ofSeconds(60), () -> !built.isRunning());
        }
    }

    private static boolean objects(AlertLine alert, String policy) {
        return alert.rule().equals("Container drift") && alert.policies().contains(policy);
    }
}
