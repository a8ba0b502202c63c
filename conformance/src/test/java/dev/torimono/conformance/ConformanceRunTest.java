// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceRunTest {
    private static final String PASSES =
            "{\"input\": \"a.b exists\", \"valid\": true, \"canonical\": \"a.b exists\","
                    + " \"ast\": {\"op\": \"exists\", \"lhs\": {\"field\": \"a.b\"}}}";
    private static final String FAILS =
            "{\"input\": \"a.b =\", \"valid\": true, \"canonical\": \"?\", \"ast\": {}}";

    @TempDir Path folder;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private boolean run() throws IOException {
        return new ConformanceRun(new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run(folder);
    }

    private void file(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    @Test
    void everyFailingCaseIsShownAndEveryFileCounted() throws IOException {
        file("cases-a.json", "{\"meta\": {}, \"parse\": [" + PASSES + ", " + FAILS + "]}");
        file("cases-b.json", "{\"parse\": [" + PASSES + "]}");
        file("other.json", "{");
        assertThat(run()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        cases-a.json parse[1] a.b =
                          expected {}
                          got      dev.torimono.rules.RuleException: expected a value, val() or a \
                        transformer but found the end
                        cases-a.json: 1 passed, 1 failed
                        cases-b.json: 1 passed, 0 failed
                        """);
    }

    @Test
    void casesOfUnknownShapeAreNamed() throws IOException {
        file("cases-a.json", "{\"parse\": [" + PASSES + "], \"dance\": [1, 2]}");
        assertThat(run()).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("cases-a.json: 2 not applicable: section dance: no runner");
    }

    @Test
    void aCaseThatBreaksTheRunnerFailsAlone() throws IOException {
        file("cases-a.json", "{\"parse\": [{\"valid\": true}, " + PASSES + "]}");
        assertThat(run()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("1 passed, 1 failed");
    }

    @Test
    void aFolderWithoutCasesIsAMistake() {
        assertThatExceptionOfType(IOException.class).isThrownBy(this::run);
    }
}
