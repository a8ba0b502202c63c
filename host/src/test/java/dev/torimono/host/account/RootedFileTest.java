// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.host.account.RootedFile.Content;
import dev.torimono.host.account.RootedFile.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootedFileTest {
    private static final int LIMIT = 100;

    @TempDir Path folder;
    private Path root;

    @BeforeEach
    void fill() throws IOException {
        root = Files.createDirectories(folder.resolve("root"));
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/passwd"), "outside");
    }

    @Test
    void regularFileIsRead() throws IOException {
        Files.writeString(root.resolve("etc/passwd"), "inside");
        assertThat(read().text()).hasToString("inside");
    }

    @Test
    void linksAreResolvedInsideTheRoot() throws IOException {
        Files.createDirectories(root.resolve("usr/share"));
        Files.writeString(root.resolve("usr/share/passwd"), "inside");
        Files.createSymbolicLink(root.resolve("etc/passwd"), Path.of("/usr/share/passwd"));
        assertThat(read().text()).hasToString("inside");
    }

    @Test
    void parentOfTheRootIsTheRoot() throws IOException {
        Files.createSymbolicLink(root.resolve("etc/passwd"), Path.of("../../etc/passwd2"));
        Files.writeString(root.resolve("etc/passwd2"), "inside");
        Files.writeString(folder.resolve("etc/passwd2"), "outside");
        assertThat(read().text()).hasToString("inside");
    }

    @Test
    void linkedFolderStaysInsideToo() throws IOException {
        Files.delete(root.resolve("etc"));
        Files.createSymbolicLink(root.resolve("etc"), Path.of("../etc"));
        assertThatThrownBy(this::read).isInstanceOf(IOException.class);
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("etc/passwd"), Path.of("passwd"));
        assertThatThrownBy(this::read).hasMessageContaining("too many links");
    }

    @Test
    void largeFilesAreRefused() throws IOException {
        Files.writeString(root.resolve("etc/passwd"), "x".repeat(LIMIT + 1));
        assertThatThrownBy(this::read).hasMessageContaining("at most 100 bytes");
    }

    @Test
    void whatIsNoRegularFileIsRefused() throws IOException {
        Files.createDirectories(root.resolve("etc/passwd"));
        assertThatThrownBy(this::read).hasMessageContaining("no regular file");
    }

    @Test
    void absenceIsTold() {
        assertThatThrownBy(this::read).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void unchangedFileIsNotReadAgain() throws IOException {
        Files.writeString(root.resolve("etc/passwd"), "inside");
        Stamp stamp = read().stamp();
        Content again = RootedFile.read(root, "etc/passwd", LIMIT, stamp);
        assertThat(again.stamp()).isEqualTo(stamp);
        assertThat(again.text().isEmpty()).isTrue();
    }

    private Content read() throws IOException {
        return RootedFile.read(root, "etc/passwd", LIMIT, Stamp.NONE);
    }
}
