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
    void casesOfUnknownShapeFailWithTheirContent() throws IOException {
        file("cases-a.json", "{\"parse\": [" + PASSES + "], \"dance\": [1, {\"a\": \"b\"}]}");
        assertThat(run()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        cases-a.json dance[0]
                          expected a case of known shape
                          got      1
                        cases-a.json dance[1]
                          expected a case of known shape
                          got      {"a":"b"}
                        cases-a.json: 1 passed, 2 failed
                        """);
    }

    @Test
    void casesAreKnownByTheirShapeInASectionOfAnyName() throws IOException {
        file("cases-a.json", "{\"dance\": [" + PASSES + "]}");
        file("cases-b.json", "[" + PASSES + "]");
        assertThat(run()).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo("cases-a.json: 1 passed, 0 failed\ncases-b.json: 1 passed, 0 failed\n");
    }

    @Test
    void aFileThatIsNoJsonFailsAndTheNextOneRuns() throws IOException {
        file("cases-a.json", "{\"parse\": [");
        file("cases-b.json", "{\"parse\": [" + PASSES + "]}");
        assertThat(run()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("cases-a.json: 0 passed, 1 failed")
                .contains("cases-b.json: 1 passed, 0 failed");
    }

    @Test
    void aCaptureThatIsNotThereFailsItsCases() throws IOException {
        file(
                "cases-a.json",
                "{\"capture_condition\": [{\"capture\": \"no.scap\", \"condition\": \"evt.num=1\","
                        + " \"expect_count\": 0, \"expect_nums_sha1\": \"\"}]}");
        assertThat(run()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("no.scap: evt.num=1")
                .contains("0 passed, 1 failed");
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
