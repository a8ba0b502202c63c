// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.RaceTool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Shared objects that the image did not bring, mapped by programs that it did. */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftLibrariesScenario {
    private static final String RULE = "Container drift";
    private static final String POLICIES =
            """
            policies:
              - name: Libraries
                type: drift
                scope: container.name = DETECTED
                drift: {libraries: true, exceptions: [/opt/ok/]}
              - name: Libraries act
                type: drift
                scope: container.name = KILLED
                drift: {libraries: true}
                actions: {prevent: true}
            """;

    /** A copy of a library of the image, which any program can be made to load. */
    private static final String LOADS =
            "mkdir -p DIR; cp $(ls /lib/x86_64-linux-gnu/libc.so.6 /lib/aarch64-linux-gnu/libc.so.6"
                    + " /lib/libc.so.6 /usr/lib/x86_64-linux-gnu/libc.so.6 2>/dev/null | head -n 1)"
                    + " DIR/libx.so; LD_PRELOAD=DIR/libx.so bash -c 'sleep 2; echo loaded'";

    private final Container detected;
    private final Container killed;
    private final AgentProcess agent;

    DriftLibrariesScenario(DockerDaemon docker) {
        String image = docker.images().bashAndLibc();
        List<String> options = new ArrayList<>(List.of("--network", "none"));
        options.addAll(RaceTool.mount(docker));
        detected = docker.run(image, options, "sleep", "1000000");
        killed = docker.run(image, options, "sleep", "1000000");
        agent =
                new AgentSetup(docker, "drift-libraries")
                        .policies(
                                "libraries.yaml",
                                POLICIES.replace("DETECTED", detected.name())
                                        .replace("KILLED", killed.name()))
                        .start();
        agent.awaitLog("(" + killed.name() + ") armed");
    }

    @AfterAll
    void stop() {
        agent.close();
        killed.close();
        detected.close();
    }

    @Test
    void preloadedLibraryThatTheImageDidNotBringIsTold() {
        detected.exec("sh", "-c", LOADS.replace("DIR", "/opt/ok")).check();
        assertThat(detected.exec("sh", "-c", LOADS.replace("DIR", "/tmp/y")).check().text())
                .isEqualTo("loaded");

        AlertLine alert = told(detected, "/tmp/y/libx.so");
        assertThat(alert.field("drift.manner")).isEqualTo("library");
        assertThat(alert.field("drift.reason")).isEqualTo("added");
        assertThat(alert.field("drift.launcher")).isEqualTo("/bin/bash");
        assertThat(alert.field("drift.writer.cmdline")).contains("cp ");
        assertThat(files(detected))
                .as("libraries of the image are nobody's business, nor are exceptions")
                .filteredOn(file -> file.endsWith("libx.so"))
                .containsExactly("/tmp/y/libx.so");
    }

    /** Of memory without a file there is nothing to say where it came from. */
    @Test
    void fileThatIsMadeExecutableInMemoryIsToldAsWell() {
        detected.exec("sh", "-c", "cp /lib/x86_64-linux-gnu/libc.so.6 /tmp/z.so").check();
        detected.exec("/race/race", "protect").check();
        detected.exec("/race/race", "protect", "/lib/x86_64-linux-gnu/libc.so.6").check();
        detected.exec("/race/race", "protect", "/tmp/z.so").check();

        AlertLine alert = told(detected, "/tmp/z.so");
        assertThat(alert.field("drift.manner")).isEqualTo("library");
        assertThat(alert.field("drift.reason")).isEqualTo("added");
        assertThat(alert.field("drift.launcher")).isEqualTo("/race/race");
        assertThat(alert.field("drift.writer.cmdline")).contains("cp ");
        assertThat(files(detected)).doesNotContain("", "/lib/x86_64-linux-gnu/libc.so.6");
    }

    private AlertLine told(Container container, String file) {
        return agent.alerts()
                .await(
                        "drift of " + file,
                        a ->
                                a.rule().equals(RULE)
                                        && a.from(container)
                                        && a.field("drift.file").equals(file));
    }

    private List<String> files(Container container) {
        return agent.alerts().all(a -> a.rule().equals(RULE) && a.from(container)).stream()
                .map(a -> a.field("drift.file"))
                .toList();
    }

    @Test
    void whoMakesItExecutableIsKilledWhereThePolicyActs() {
        String made = "cp /lib/x86_64-linux-gnu/libc.so.6 /tmp/z.so; /race/race protect /tmp/z.so";
        assertThat(killed.exec("sh", "-c", made).run().out()).doesNotContain("went on");

        AlertLine alert = agent.alerts().settled(told(killed, "/tmp/z.so"));
        assertThat(alert.actions()).containsExactly("process_killed done");
    }

    @Test
    void whoMapsItIsKilledWhereThePolicyActs() {
        assertThat(killed.exec("sh", "-c", LOADS.replace("DIR", "/tmp")).run().out())
                .doesNotContain("loaded");

        AlertLine alert = agent.alerts().settled(told(killed, "/tmp/libx.so"));
        assertThat(alert.field("drift.manner")).isEqualTo("library");
        assertThat(alert.actions()).containsExactly("process_killed done");
    }
}
