// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Alone;
import dev.torimono.e2e.fixture.CaptureProcess;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is captured can be opened by others, and replayed to the same alerts. */
@Alone
@NeedsDocker
class CaptureScenario {
    private static final String RULES =
            """
            - rule: Secret read
              desc: the file itself, whatever it was called
              condition: evt.type in (open, openat, openat2) and evt.is_open_read=true
                and fd.name=/etc/secret
              output: >-
                secret read user=%user.name command=%proc.cmdline parent=%proc.pname
                grandparent=%proc.aname[2] file=%fd.name image=%container.image.repository
                container=%container.name cwd=%proc.cwd
              priority: WARNING
            - rule: Last act
              desc: ends the scenario
              condition: evt.type in (open, openat, openat2) and fd.name=/tmp/last
              output: the end
              priority: NOTICE
            """;

    /** The secret is read by its name and by a link, from a directory, by an orphan. */
    private static final String ACTS =
            """
            echo x > /etc/secret; ln -s /etc/secret /tmp/link
            cat /etc/secret; cat /tmp/link; cd /etc; cat secret; cat ../tmp/link
            (sh -c 'sleep 1; cat /etc/secret' &) ; sleep 2
            exec 5</etc/secret; cat <&5; exec 5<&-
            echo piped | cat
            echo > /tmp/last; cat /tmp/last
            """;

    private final DockerDaemon docker;
    private final JsonMapper json = JsonMapper.shared();

    @TempDir private Path folder;

    CaptureScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    @Test
    void replayTellsWhatTheAgentTold() {
        Path file = folder.resolve("live.scap");
        AgentSetup setup = new AgentSetup(docker, "capture").rules("acts.yaml", RULES);
        String[] options = setup.options();
        List<AlertLine> live;
        String id;
        try (Container container = docker.sleeper();
                CaptureProcess capture = CaptureProcess.start(docker, file);
                AgentProcess agent = AgentProcess.start(options)) {
            id = container.id();
            container.exec("sh", "-c", ACTS).run();
            agent.alerts().await("Last act", container);
            assertThat(capture.stop()).matches("(?s).*captured \\d+ events .*, 0 lost\\s*");
            live = agent.alerts().all(alert -> alert.from(container));
        }
        List<String> replayed = new ArrayList<>();
        List<String> words = new ArrayList<>(List.of("replay", file.toString(), "--json"));
        words.addAll(List.of(options));
        String out = AgentProcess.run(words.toArray(String[]::new)).check().out();
        out.lines().map(json::readTree).filter(a -> of(a, id)).forEach(a -> replayed.add(text(a)));
        assertThat(live.stream().filter(a -> a.rule().equals("Secret read"))).hasSize(6);
        assertThat(replayed).isEqualTo(live.stream().map(a -> text(a.json())).toList());
        assertSysdigShows(file, id);
    }

    private static void assertSysdigShows(Path file, String id) {
        Command.Result shown =
                Command.of(
                                "sysdig",
                                "-r",
                                file.toString(),
                                "-p",
                                "*%proc.name %proc.pname %evt.type %fd.name %container.name",
                                "container.id=" + id)
                        .check();
        // The image is busybox, whose applets execute /proc/self/exe; only we follow the rename.
        // The
        // runtime's child ends as soon as the shell has begun: whether sysdig still names it as the
        // parent, or the shim that adopted the shell, is a race of theirs.
        assertThat(shown.out())
                .containsPattern("sh (runc|containerd-shim) openat /etc/secret ")
                .contains("exe sh openat /etc/secret ")
                .contains("exe sh openat /tmp/link ")
                .contains(" execve ")
                .contains(" close ")
                .contains(" read ")
                .containsPattern(" writev? ")
                .contains(" procexit ");
    }

    @Test
    void capturesAreBoundedByCountAndSizeAndFilter() {
        Path file = folder.resolve("small.scap");
        try (Container container = docker.sleeper();
                CaptureProcess capture =
                        CaptureProcess.start(
                                docker,
                                file,
                                "--filter",
                                "container.id=" + container.id() + " and evt.type=openat",
                                "--file-size",
                                "1",
                                "--files",
                                "2")) {
            container
                    .exec("sh", "-c", "for i in $(seq 3000); do cat /proc/self/status; done")
                    .run();
            Pause.until(
                    "the first file to go",
                    Duration.ofSeconds(30),
                    () -> !folder.resolve("small.0001.scap").toFile().exists());
            capture.stop();
        }
        List<String> names = List.of(folder.toFile().list());
        assertThat(names).hasSize(2).allMatch(name -> name.matches("small\\.\\d+\\.scap"));
        for (String name : names) {
            String types =
                    Command.of("sysdig", "-r", folder.resolve(name).toString(), "-p", "%evt.type")
                            .check()
                            .out();
            assertThat(types.lines().distinct())
                    .isSubsetOf(
                            "openat",
                            "execve",
                            "clone",
                            "clone3",
                            "vfork",
                            "fork",
                            "procexit",
                            "container");
        }
    }

    private static boolean of(JsonNode alert, String id) {
        return alert.path("output_fields").path("container.id").asString("").equals(id);
    }

    /** Without its time: two sensors begin to count within some microseconds of each other. */
    private static String text(JsonNode alert) {
        ObjectNode fields = (ObjectNode) alert.get("output_fields").deepCopy();
        fields.remove("evt.time");
        return alert.get("rule").stringValue() + " " + fields;
    }
}
