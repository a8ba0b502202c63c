// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstrumentCommandTest {
    private static final String TASK =
            "[\n  {\n    \"name\": \"app\",\n    \"entryPoint\": [\"/bin/app\"]\n  }\n]\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    private int run(String... args) {
        return Torimono.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void newDefinitionIsPrintedAndTheFileStays() throws IOException {
        Path file = file("task.json", TASK);
        assertThat(run("instrument", file.toString())).isZero();
        assertThat(out.toString())
                .startsWith("[\n  {\n    \"name\": \"app\",\n    \"entryPoint\": [\"/opt/torimono/")
                .endsWith("\n]\n");
        assertThat(err.toString()).contains(file + ":1:1: container definitions: ");
        assertThat(file).hasContent(TASK);
    }

    @Test
    void inPlaceAndBackLeavesTheFileAsItWas() throws IOException {
        Path file = file("task.json", TASK);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(run("instrument", "--in-place", "--priority", "security", file.toString()))
                .isZero();
        assertThat(Files.readString(file)).contains("\"security\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(run("instrument", "--in-place", "--revert", file.toString())).isZero();
        assertThat(Files.readString(file)).isEqualTo(TASK);
        assertThat(out.toString()).isEmpty();
        assertThat(folder).isDirectoryNotContaining("glob:**.next");
    }

    @Test
    void diffTellsByItsExitCode() throws IOException {
        String file = file("task.json", TASK).toString();
        assertThat(run("instrument", "--diff", file)).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString())
                .startsWith("--- " + file + "\n+++ " + file + "\n@@ -")
                .contains("-    \"entryPoint\": [\"/bin/app\"]\n");
        run("instrument", "--in-place", file);
        assertThat(run("instrument", "--diff", file)).isZero();
    }

    @Test
    void oneThatCannotBeInstrumentedLeavesAllAsTheyAre() throws IOException {
        Path good = file("good.json", TASK);
        Path bad = file("bad.json", "[{\"name\": \"app\", \"image\": \"i\"}]");
        assertThat(
                        run(
                                "instrument",
                                "--docker-socket=",
                                "--in-place",
                                good.toString(),
                                bad.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("torimono: " + bad + ":1:2: container \"app\": ");
        assertThat(good).hasContent(TASK);
    }

    @Test
    void imagesStartIsGivenByName() throws IOException {
        String file = file("t.json", "[{\"name\": \"app\", \"image\": \"i\"}]").toString();
        assertThat(
                        run(
                                "instrument",
                                "--entry-point",
                                "app=/bin/sh -c",
                                "--command",
                                "app=[\"echo a = b\"]",
                                file))
                .isZero();
        assertThat(out.toString())
                .contains("[\"/opt/torimono/bin/launch\", \"/bin/sh\", \"-c\"]")
                .contains("\"command\": [\"echo a = b\"]");
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("x.yaml"), new byte[] {'a', (byte) 0xff});
        assertThat(run("instrument", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isEqualTo("torimono: " + file + ": is not text in UTF-8\n");
        assertThat(run("instrument", folder.resolve("absent").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("absent: no such file");
    }

    @Test
    void severalFilesNeedADestination() {
        assertThat(run("instrument", "a", "b")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("several files: give --in-place or --diff");
        assertThat(run("instrument", "--in-place", "-")).isEqualTo(ExitCode.USAGE);
    }
}
