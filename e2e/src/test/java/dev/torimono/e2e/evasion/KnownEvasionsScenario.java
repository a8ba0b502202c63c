// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.evasion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.Alone;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.VictimTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every known evasion, performed: what docs/evasions.md claims is what comes of it. {@code
 * -Dtorimono.docs=write} writes the page.
 */
@Alone
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnownEvasionsScenario {
    private static final Path PAGE = AgentProcess.root().resolve("docs/evasions.md");

    private final Range range;

    KnownEvasionsScenario(DockerDaemon docker) {
        AgentProcess agent =
                new AgentSetup(docker, "evasions")
                        .rules(
                                AgentProcess.root()
                                        .resolve("e2e/src/test/resources/evasion-rules.yaml"))
                        .set("rules.matching", "all")
                        .start();
        List<String> options = new ArrayList<>(VictimTools.mount(docker));
        options.addAll(
                List.of(
                        "--network", "none",
                        "--tmpfs", "/dev/shm:exec",
                        "--security-opt", "seccomp=unconfined",
                        "--cap-add", "SYS_ADMIN",
                        "--cap-add", "SYS_PTRACE",
                        "--cap-add", "SYS_TIME",
                        "--cap-add", "DAC_READ_SEARCH"));
        Container container =
                docker.run(docker.images().bashAndLibc(), options, "sleep", "1000000");
        this.range = new Range(docker, agent, container);
    }

    @BeforeAll
    void prepare() {
        range.exec(
                "sh",
                "-c",
                "echo > /dev/shm/e07c; mkdir /tmp/e07a /tmp/e07b /tmp/e22;"
                        + " for i in 30 32 39; do echo > /tmp/marker-e$i; chmod 644 /tmp/marker-e$i; done");
    }

    @AfterAll
    void stop() {
        range.container().close();
        range.agent().close();
    }

    static List<Evasion> all() {
        return Stream.of(
                        FileEvasions.all(),
                        ProcessEvasions.programs(),
                        ProcessEvasions.identities(),
                        SystemEvasions.all())
                .flatMap(List::stream)
                .toList();
    }

    static Stream<Evasion> performed() {
        return all().stream().filter(evasion -> evasion.deed() != null);
    }

    @ParameterizedTest
    @MethodSource("performed")
    void comesToWhatIsClaimed(Evasion evasion) throws Exception {
        try {
            evasion.deed().perform(range);
        } catch (Range.Unavailable e) {
            abort("this kernel does not offer it: " + e.getMessage());
        }
        if (evasion.outcome() == Evasion.Outcome.CAUGHT) {
            range.await(evasion.toString(), evasion.sign());
        } else {
            range.settle(evasion.id());
            assertThat(range.agent().alerts().all(evasion.sign()))
                    .as("%s is caught now: say so in the table", evasion)
                    .isEmpty();
        }
    }

    @Test
    void pageSaysWhatIsTested() throws IOException {
        if ("write".equals(System.getProperty("torimono.docs"))) {
            Files.writeString(PAGE, page());
        }
        assertThat(PAGE).hasContent(page());
    }

    private static String page() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Evasions

                        Known ways around runtime detection, and what comes of each on a kernel without LSM and fentry hooks. Generated from
                        `e2e/…/evasion` by `KnownEvasionsScenario`, which performs every row that is caught or not caught and fails when the
                        outcome is another; the rules beside the shipped ones are in `e2e/src/test/resources/evasion-rules.yaml`.

                        | | evasion | outcome | by what, or why not |
                        |---|---|---|---|
                        """);
        all().stream()
                .sorted(Comparator.comparing(Evasion::id))
                .forEach(
                        e ->
                                page.append(
                                        "| %s | %s | %s | %s |\n"
                                                .formatted(
                                                        e.id(),
                                                        e.way(),
                                                        e.outcome().word(),
                                                        e.why())));
        return page.toString();
    }
}
