// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What /proc says of this process, which the actor inherits. */
final class ProcSelf {
    private ProcSelf() {}

    /** A field of {@code stat} by its number in proc(5). */
    static long stat(int field) throws IOException {
        String text = Files.readString(Path.of("/proc/self/stat"));
        String[] rest = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(rest[field - 3]);
    }

    static String status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    static long capabilities(String name) throws IOException {
        return Long.parseUnsignedLong(status(name), 16);
    }

    static long loginUid() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/loginuid")).strip());
    }

    static long fileLimit() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> Long.parseLong(line.substring(26).strip().split(" +")[0]))
                .findFirst()
                .orElseThrow();
    }

    /** Path in the hierarchy that tells containers apart. */
    static String cgroup() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/cgroup"));
        boolean legacy = HostFiles.REAL.cgroupMode().legacy();
        return lines.stream()
                .filter(line -> legacy ? line.contains(":pids:") : line.startsWith("0::"))
                .map(line -> line.substring(line.lastIndexOf(':') + 1))
                .findFirst()
                .orElseThrow();
    }
}
