// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.snapshot;

import dev.torimono.model.Snapshot;
import dev.torimono.model.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a capture says of the machine itself. */
final class Machine {
    private static final String MEMORY = "MemTotal:";

    private Machine() {}

    static Snapshot.Machine read(Path procRoot, long bootEpochNs) {
        return new Snapshot.Machine(
                Runtime.getRuntime().availableProcessors(),
                memoryBytes(text(procRoot.resolve("meminfo"))),
                Text.of(text(procRoot.resolve("sys/kernel/hostname")).strip()),
                bootEpochNs);
    }

    private static long memoryBytes(String meminfo) {
        for (String line : meminfo.split("\n")) {
            if (line.startsWith(MEMORY)) {
                String[] words = line.substring(MEMORY.length()).strip().split("\\s+");
                return Long.parseLong(words[0]) * 1024;
            }
        }
        return 0;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return "";
        }
    }
}
