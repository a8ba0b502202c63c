// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kernel's number of a container's cgroup: the inode of its folder. One thread at a time. */
final class CgroupNumber {
    private final Path proc;
    private final boolean legacy;

    /** Where the hierarchy is mounted, once it was found: the list of mounts may be long. */
    private @Nullable String mounted;

    CgroupNumber(Path proc, boolean legacy) {
        this.proc = proc;
        this.legacy = legacy;
    }

    /** Of the container in which a process lives, however deep inside; 0 when it cannot be told. */
    long of(long pid, String container) {
        try {
            String lines = read(proc.resolve(pid + "/cgroup"));
            Text path = CgroupLine.path(lines, legacy);
            String whole = path.toString();
            int at = whole.indexOf(container);
            if (at < 0) {
                return 0;
            }
            int end = whole.indexOf('/', at);
            Path folder = Path.of(root() + (end < 0 ? whole : whole.substring(0, end)));
            return (Long) Files.getAttribute(folder, "unix:ino");
        } catch (IOException e) {
            mounted = null;
            return 0;
        }
    }

    /** Where the hierarchy that tells containers apart is mounted. */
    private String root() throws IOException {
        String known = mounted;
        if (known == null) {
            known = findRoot();
            mounted = known;
        }
        return known;
    }

    private String findRoot() throws IOException {
        for (String line : read(proc.resolve("self/mounts")).split("\n")) {
            String[] words = line.split(" ");
            if (words.length > 3
                    && (legacy
                            ? words[2].equals("cgroup")
                                    && List.of(words[3].split(",")).contains("pids")
                            : words[2].equals("cgroup2"))) {
                return words[1];
            }
        }
        throw new IOException("the cgroup file system is not mounted");
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
