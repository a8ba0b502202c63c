// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOutputTest {
    private final AtomicLong nowMs = new AtomicLong(10_000);

    @TempDir private Path folder;

    private FileOutput output(Path path, long maxBytes, int keep) {
        return new FileOutput(path, maxBytes, keep, () -> Instant.ofEpochMilli(nowMs.get()));
    }

    private static List<String> messages(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    @Test
    void appendsLinesAndMakesItsFolder() throws IOException {
        Path path = folder.resolve("deep/er/alerts.txt");
        try (FileOutput output = output(path, 0, 0)) {
            output.write(Lines.text("a"));
            output.write(Lines.text("b"));
        }
        try (FileOutput output = output(path, 0, 0)) {
            output.write(Lines.text("c"));
        }
        assertThat(messages(path)).containsExactly("a", "b", "c");
    }

    @Test
    void onlyTheOwnerMayRead() throws IOException {
        Path path = folder.resolve("alerts.txt");
        try (FileOutput output = output(path, 0, 0)) {
            output.write(Lines.text("a"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void rotatesBySizeAndKeepsSoMany() throws IOException {
        Path path = folder.resolve("alerts.txt");
        long twoLines = 2L * Lines.text("1").bytesWithNewline().length;
        try (FileOutput output = output(path, twoLines, 2)) {
            for (int i = 1; i <= 7; i++) {
                output.write(Lines.text("" + i));
            }
        }
        assertThat(messages(path)).containsExactly("7");
        assertThat(messages(folder.resolve("alerts.txt.1"))).containsExactly("5", "6");
        assertThat(messages(folder.resolve("alerts.txt.2"))).containsExactly("3", "4");
        assertThat(folder.resolve("alerts.txt.3")).doesNotExist();
    }

    @Test
    void renamedFileIsOpenedAnewWithinASecond() throws IOException {
        Path path = folder.resolve("alerts.txt");
        Path moved = folder.resolve("moved.txt");
        try (FileOutput output = output(path, 0, 0)) {
            output.write(Lines.text("a"));
            Files.move(path, moved);
            nowMs.addAndGet(1000);
            output.write(Lines.text("b"));
        }
        assertThat(messages(moved)).containsExactly("a");
        assertThat(messages(path)).containsExactly("b");
    }

    @Test
    void reopenFollowsARenameAtOnce() throws IOException {
        Path path = folder.resolve("alerts.txt");
        try (FileOutput output = output(path, 0, 0)) {
            output.write(Lines.text("a"));
            Files.move(path, folder.resolve("moved.txt"));
            output.reopen();
            output.write(Lines.text("b"));
        }
        assertThat(messages(path)).containsExactly("b");
    }

    @Test
    void folderInPlaceOfTheFileIsAnError() throws IOException {
        Path path = Files.createDirectory(folder.resolve("alerts.txt"));
        try (FileOutput output = output(path, 0, 0)) {
            assertThatThrownBy(() -> output.write(Lines.text("a"))).isInstanceOf(IOException.class);
        }
    }
}
