// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleWatchTest {
    private final Logs logs = new Logs();
    private final List<Path> changes = new CopyOnWriteArrayList<>();

    @TempDir private Path folder;

    private RuleWatch watch(Path... paths) throws IOException {
        return new RuleWatch(List.of(paths), changes::add, logs.log());
    }

    private void awaitChangeOf(Path path) {
        Until.so(() -> changes.contains(path));
        changes.clear();
    }

    @Test
    void seesAFileWrittenReplacedAndRemoved() throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), "");
        try (RuleWatch _ = watch(file)) {
            Files.writeString(file, "[]");
            awaitChangeOf(file);
            Path next = Files.writeString(folder.resolve("r.yaml.next"), "[]");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            awaitChangeOf(file);
            Files.delete(file);
            awaitChangeOf(file);
        }
    }

    @Test
    void seesRuleFilesOfAFolderAndNothingElse() throws IOException {
        Path rules = Files.createDirectory(folder.resolve("rules.d"));
        try (RuleWatch _ = watch(rules)) {
            Files.writeString(rules.resolve("notes.txt"), "x");
            Files.writeString(folder.resolve("beside.yaml"), "x");
            Path added = Files.writeString(rules.resolve("a.yml"), "[]");
            Until.so(() -> changes.contains(added));
            assertThat(changes).containsOnly(added);
        }
    }

    @Test
    void seesAFolderThatAppearsLater() throws IOException {
        Path rules = folder.resolve("rules.d");
        try (RuleWatch _ = watch(rules)) {
            Files.createDirectory(rules);
            awaitChangeOf(rules);
            Path added = Files.writeString(rules.resolve("a.yaml"), "[]");
            awaitChangeOf(added);
        }
    }

    @Test
    void seesTheTargetOfALink() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path target = Files.writeString(data.resolve("r.yaml"), "");
        Path link = Files.createSymbolicLink(folder.resolve("r.yaml"), target);
        try (RuleWatch _ = watch(link)) {
            Files.writeString(target, "[]");
            awaitChangeOf(target.toRealPath());
        }
    }
}
