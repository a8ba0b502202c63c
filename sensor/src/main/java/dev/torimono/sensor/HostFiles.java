// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the kernel tells of itself in files below a root, which tests replace. */
record HostFiles(Path root) {
    static final HostFiles REAL = new HostFiles(Path.of("/"));

    boolean hasBtf() {
        return Files.isReadable(root.resolve("sys/kernel/btf/vmlinux"));
    }

    /** Effective capabilities of this process; 0 when they cannot be read. */
    long capabilities() {
        for (String line : read("proc/self/status").lines().toList()) {
            if (line.startsWith("CapEff:")) {
                return Long.parseUnsignedLong(line.substring(7).strip(), 16);
            }
        }
        return 0;
    }

    Lockdown lockdown() {
        return Lockdown.parse(read("sys/kernel/security/lockdown"));
    }

    /** Security modules in force; empty when securityfs is not mounted. */
    List<String> securityModules() {
        String text = read("sys/kernel/security/lsm").strip();
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    String kernelRelease() {
        return read("proc/sys/kernel/osrelease").strip();
    }

    /** How the cgroup hierarchies are mounted. */
    CgroupMode cgroupMode() {
        List<String> types = new ArrayList<>();
        for (String line : read("proc/self/mounts").lines().toList()) {
            String[] words = line.split(" ");
            if (words.length > 2 && words[2].startsWith("cgroup")) {
                types.add(words[2]);
            }
        }
        boolean v1 = types.contains("cgroup");
        boolean v2 = types.contains("cgroup2");
        if (v1) {
            return v2 ? CgroupMode.HYBRID : CgroupMode.V1;
        }
        return v2 ? CgroupMode.V2 : CgroupMode.NONE;
    }

    /** The whole file as text, or empty when it cannot be read: absence is an answer here. */
    private String read(String path) {
        try {
            return Files.readString(root.resolve(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
