// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.agent.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramOutputTest {
    private static final long TIMEOUT_MS = 3000;

    @TempDir private Path folder;

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static ProgramOutput kept(String command) {
        return new ProgramOutput(command, true, TIMEOUT_MS);
    }

    private static ProgramOutput fresh(String command, long timeoutMs) {
        return new ProgramOutput(command, false, timeoutMs);
    }

    @Test
    void keptProgramReadsAllAlerts() throws Exception {
        Path out = folder.resolve("out");
        try (ProgramOutput output = kept("echo started >> " + out + "; /bin/cat >> " + out)) {
            output.write(Lines.text("a"));
            output.write(Lines.text("b"));
        }
        assertThat(lines(out)).hasSize(3).first().isEqualTo("started");
        assertThat(lines(out).get(2)).endsWith("Warning b");
    }

    @Test
    void freshProgramReadsOneAlert() throws Exception {
        Path out = folder.resolve("out");
        try (ProgramOutput output =
                fresh("echo started >> " + out + "; cat >> " + out, TIMEOUT_MS)) {
            output.write(Lines.text("a"));
            output.write(Lines.text("b"));
        }
        assertThat(lines(out)).hasSize(4).filteredOn("started"::equals).hasSize(2);
    }

    @Test
    void keptProgramThatEndedIsStartedAgain() throws Exception {
        Path out = folder.resolve("out");
        try (ProgramOutput output = kept("head -n 1 >> " + out)) {
            output.write(Lines.text("a"));
            Until.so(() -> out.toFile().length() > 0);
            for (int i = 0; i < 3000 && lines(out).size() < 2; i++) {
                // A write may still land in the pipe of a program about to end.
                output.write(Lines.text("b"));
                Thread.sleep(20);
            }
        }
        assertThat(lines(out).get(1)).endsWith("b");
    }

    @Test
    void exitCodeOfAFreshProgramDecides() throws Exception {
        try (ProgramOutput output = fresh("cat >/dev/null; exit 4", TIMEOUT_MS)) {
            assertThatThrownBy(() -> output.write(Lines.text("a")))
                    .hasMessage("exit code 4: cat >/dev/null; exit 4");
        }
        try (ProgramOutput output = fresh("exit 0", TIMEOUT_MS)) {
            output.write(Lines.text("not read, and that is right"));
        }
    }

    @Test
    void freshProgramThatHangsIsKilledWithItsChildren() throws Exception {
        Path pid = folder.resolve("pid");
        try (ProgramOutput output = fresh("sleep 60 & echo $! > " + pid + "; wait", 300)) {
            assertThatThrownBy(() -> output.write(Lines.text("a")))
                    .hasMessageContaining("did not end within 300 ms");
        }
        long child = Long.parseLong(Files.readString(pid).strip());
        Until.so(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }
}
