// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A /proc made of files. */
final class FakeProc {
    private final Path root;
    private final List<Path> links = new ArrayList<>();

    FakeProc(Path root) {
        this.root = root;
    }

    ProcFiles files() {
        return new ProcFiles(root);
    }

    /** Adds a process of root, in a pid namespace. */
    FakeProc add(long pid, String exe, int uid, String cgroup, String namespace)
            throws IOException {
        Path folder = root.resolve(Long.toString(pid));
        Files.createDirectories(folder.resolve("ns"));
        String comm = exe.substring(exe.lastIndexOf('/') + 1);
        Files.writeString(folder.resolve("stat"), stat(pid, comm, exe.isEmpty()));
        Files.writeString(folder.resolve("status"), "Name:\tx\nUid:\t" + uid + "\t0\t0\t0\n");
        Files.writeString(folder.resolve("cgroup"), "0::" + cgroup + "\n");
        link(folder.resolve("ns/pid"), namespace);
        if (!exe.isEmpty()) {
            link(folder.resolve("exe"), exe);
        }
        return this;
    }

    private void link(Path link, String target) throws IOException {
        links.add(Files.createSymbolicLink(link, Path.of(target)));
    }

    /** Links out of a temporary folder would be warned of when it is removed. */
    void removeLinks() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    private static String stat(long pid, String comm, boolean kernelThread) {
        return pid
                + " ("
                + comm
                + ") S 1 1 1 0 -1 "
                + (kernelThread ? 0x0020_0040 : 0x40_0000)
                + " 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0 0";
    }
}
