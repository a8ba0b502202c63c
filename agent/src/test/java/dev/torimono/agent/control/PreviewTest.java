// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.ProcessKiller;
import dev.torimono.response.ContainerBoard;
import dev.torimono.response.action.Guards;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.action.ProcFiles;
import dev.torimono.response.action.ProcessActions;
import dev.torimono.response.action.RateLimits;
import dev.torimono.response.container.ContainerActions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rehearsal tells, and that it touches nothing. */
final class PreviewTest {
    /** Nobody may take hold of a process in a rehearsal. */
    private static final ProcessKiller NOBODY =
            (pid, startNs) -> {
                throw new AssertionError("process " + pid + " was taken hold of");
            };

    private final KillSwitch killSwitch = new KillSwitch();
    @TempDir private Path folder;
    private Process shell;

    @BeforeEach
    void start() throws IOException {
        shell = new ProcessBuilder("sh", "-c", "sleep 300 & echo ready; wait").start();
        assertThat(shell.inputReader().readLine()).isEqualTo("ready");
    }

    @AfterEach
    void end() {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
    }

    private Answer rehearse(String command, String target, boolean tree, long startNs) {
        return response().answer("r1", new Request(command, target, "", tree, "", startNs, true));
    }

    private ManualResponse response() {
        ProcFiles proc = new ProcFiles(Path.of("/proc"));
        Guards guards =
                new Guards(
                        proc,
                        ProcessHandle.current().pid(),
                        killSwitch,
                        new RateLimits(System::nanoTime),
                        false);
        return new ManualResponse(
                guards,
                new ProcessActions(NOBODY, proc, guards),
                new ContainerActions(List.of(), guards),
                new ContainerBoard(),
                new FileStore(folder.resolve("kept")),
                folder.resolve("kill-switch"),
                Map::of);
    }

    private String pid() {
        return Long.toString(shell.pid());
    }

    @Test
    void aKillTellsTheProcessAndWithItsTreeAllThatGoWithIt() {
        Answer alone = rehearse("kill-process", pid(), false, 0);
        assertThat(alone.status()).as("" + alone).isEqualTo("monitored");
        assertThat(alone.facts()).containsEntry("processes", "1");
        assertThat(alone.facts().get("touches")).isEqualTo("process " + pid() + " sh");
        Answer tree = rehearse("kill-process", pid(), true, 0);
        assertThat(tree.facts()).containsEntry("processes", "2");
        // A child that has not become its program yet has the name of its parent.
        assertThat(tree.facts().get("touches")).contains(", ");
        assertThat(shell.isAlive()).isTrue();
        assertThat(shell.descendants()).hasSize(1);
    }

    @Test
    void anotherProcessOfTheIdIsRefusedAndNoneFails() {
        assertThat(rehearse("kill-process", pid(), false, 5).message())
                .contains("another one by now");
        assertThat(rehearse("kill-process", "none", false, 0).status()).isEqualTo("failed");
        assertThat(rehearse("kill-process", "999999999", false, 0).message())
                .contains("there is no process");
    }

    @Test
    void theGuardsAreAskedAndTheKillSwitchHoldsButForUndoing() throws IOException {
        String self = Long.toString(ProcessHandle.current().pid());
        assertThat(rehearse("kill-process", self, false, 0).status()).isEqualTo("refused");
        Path file = Files.writeString(folder.resolve("evil"), "evil");
        assertThat(rehearse("quarantine", file.toString(), false, 0).facts())
                .containsEntry("bytes", "4");
        assertThat(rehearse("quarantine", "/proc/version", false, 0).status()).isEqualTo("refused");
        killSwitch.engage("a test");
        assertThat(rehearse("kill-process", pid(), false, 0).status()).isEqualTo("refused");
        assertThat(rehearse("quarantine", file.toString(), false, 0).status()).isEqualTo("refused");
        assertThat(rehearse("start-container", "0123456789abcdef".repeat(4), false, 0).status())
                .isEqualTo("monitored");
        assertThat(file).hasContent("evil");
        assertThat(folder.resolve("kept")).doesNotExist();
    }

    /** A word that is mistyped must not stop every action of the agent. */
    @Test
    void theKillSwitchKnowsTwoWords() {
        Path file = folder.resolve("kill-switch");
        Answer mistyped = response().answer("r1", new Request("kill-switch", "of", "", false, ""));
        assertThat(mistyped.status()).isEqualTo("failed");
        assertThat(mistyped.message()).contains("on or off").contains("\"of\"");
        assertThat(file).doesNotExist();
        response().answer("r2", new Request("kill-switch", "on", "", false, "drill"));
        assertThat(file).hasContent("drill\n");
        response().answer("r3", new Request("kill-switch", "off", "", false, ""));
        assertThat(file).doesNotExist();
    }

    @Test
    void whatHasEndedIsNamedByItsWholeId() {
        assertThat(rehearse("start-container", "web", false, 0).message()).contains("whole id");
        assertThat(rehearse("explode", "web", false, 0).status()).isEqualTo("failed");
    }

    @Test
    void fileThatIsNotThereIsNamedByItsWholePath() {
        String none = folder.resolve("none").toString();
        assertThat(rehearse("quarantine", none, false, 0).message())
                .isEqualTo(none + ": there is no such file");
        Answer taken = response().answer("r1", new Request("acquire", none, "", false, ""));
        assertThat(taken.message()).isEqualTo(none + ": there is no such file");
    }
}
