// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The host's own view of files, which must never be held. Process 1 has it; where that one may not
 * be looked at (it has capabilities that we lack), this process has it if kernel threads share it.
 */
final class HostWorld {
    private static final String FIRST = "1";
    private static final String OURS = "self";

    /** kthreadd, which lives in the namespaces of the start. */
    private static final String KERNEL = "2";

    private final Path proc;
    private final String who;

    HostWorld(Path proc) {
        this.proc = proc;
        String ours = namespace(OURS);
        if (!namespace(FIRST).isEmpty()) {
            who = FIRST;
        } else {
            who = !ours.isEmpty() && ours.equals(namespace(KERNEL)) ? OURS : "";
        }
    }

    /** Whether it can be told what is the host's. */
    boolean known() {
        return !who.isEmpty() && !mounts().isEmpty();
    }

    /** Its mounts now. */
    List<Mount> mounts() {
        return mounts(who);
    }

    private List<Mount> mounts(String process) {
        return Mount.parse(mountText(process));
    }

    /** What a process sees mounted; empty when it is gone. */
    String mountText(String process) {
        try {
            byte[] bytes = Files.readAllBytes(proc.resolve(process).resolve("mountinfo"));
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Every process there is. */
    List<Long> processes() {
        try (Stream<Path> all = Files.list(proc)) {
            return all.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> !name.isEmpty() && name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Number of its mount namespace; 0 when it cannot be told. */
    int mountNamespace() {
        String name = namespace(who);
        return name.isEmpty()
                ? 0
                : (int) Long.parseLong(name.substring(name.indexOf('[') + 1, name.indexOf(']')));
    }

    /** Whether a process sees what the host sees, or cannot be looked at. */
    boolean has(long pid) {
        String name = namespace(Long.toString(pid));
        return name.isEmpty() || name.equals(namespace(who));
    }

    /**
     * Whether a process stands at the host's root, as a runtime does until it has set up what its
     * container is to see; or cannot be looked at. Costs two looks, and the mounts that it sees are
     * a book.
     */
    boolean isRootOf(long pid) {
        try {
            return Files.isSameFile(
                    proc.resolve(Long.toString(pid)).resolve("root"),
                    proc.resolve(who).resolve("root"));
        } catch (IOException e) {
            return true;
        }
    }

    private String namespace(String process) {
        try {
            return process.isEmpty()
                    ? ""
                    : Files.readSymbolicLink(proc.resolve(process).resolve("ns/mnt")).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
