// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A /proc tree on disk, as the kernel would show it. */
public final class ProcFixture {
    private final Path root;

    public ProcFixture(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    /** A process; {@code startTicks} in clock ticks since boot. */
    public Path process(long pid, long parent, String comm, long startTicks, String... command)
            throws IOException {
        Path at = task(pid, pid, parent, comm, startTicks);
        write(at, "cmdline", String.join("\0", command) + "\0");
        write(at, "environ", "HOME=/root\0LANG=C\0");
        write(at, "loginuid", "4294967295");
        write(at, "limits", "Max open files            1024                 524288       files\n");
        write(at, "cgroup", "0::/user.slice\n");
        link(at, "exe", command.length == 0 ? "/made/up/none" : command[0]);
        link(at, "cwd", "/made/up/srv");
        link(at, "root", "/made/up");
        Files.createDirectories(at.resolve("ns"));
        link(at, "ns/pid", "pid:[4026531836]");
        link(at, "ns/mnt", "mnt:[4026531840]");
        Files.createDirectories(at.resolve("task").resolve(Long.toString(pid)));
        return at;
    }

    /** Gives a process a layout of its memory: that of its exec, which its forks have too. */
    public void layOut(long pid, long stack) throws IOException {
        Path stat = root.resolve(Long.toString(pid)).resolve("stat");
        String line = Files.readString(stat).strip();
        Files.writeString(
                stat,
                "%s 9 4096 8192 %d 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0 20 21 22 %d 24 25 26 0\n"
                        .formatted(line, stack, stack + 64));
    }

    /** A further thread; listed below its process, and reachable by its own id. */
    public void thread(long tid, long pid, long startTicks) throws IOException {
        task(tid, pid, 1, "worker", startTicks);
        Files.createDirectories(
                root.resolve(Long.toString(pid)).resolve("task").resolve(Long.toString(tid)));
    }

    public void cgroup(long pid, String content) throws IOException {
        write(root.resolve(Long.toString(pid)), "cgroup", content);
    }

    public void end(long pid) throws IOException {
        try (Stream<Path> below = Files.walk(root.resolve(Long.toString(pid)))) {
            List<Path> all = below.sorted(Comparator.reverseOrder()).toList();
            for (Path path : all) {
                Files.delete(path);
            }
        }
    }

    private Path task(long tid, long pid, long parent, String comm, long startTicks)
            throws IOException {
        Path at = Files.createDirectories(root.resolve(Long.toString(tid)));
        String stat =
                "%d (%s) S %d %d %d 34817 -1 4194560 7 0 9 0 1 1 0 0 20 0 1 0 %d 1000 100\n"
                        .formatted(tid, comm, parent, pid, pid, startTicks);
        write(at, "stat", stat);
        write(
                at,
                "status",
                """
                Name:\t%s
                Tgid:\t%d
                Pid:\t%d
                Uid:\t1000\t0\t0\t0
                Gid:\t1000\t5\t5\t5
                NStgid:\t%d\t3
                NSpid:\t%d\t4
                NSpgid:\t%d\t6
                NSsid:\t%d\t7
                VmSize:\t    2048 kB
                CapEff:\t000001ffffffffff
                """
                        .formatted(comm, pid, tid, pid, tid, pid, pid));
        return at;
    }

    private static void write(Path folder, String name, String content) throws IOException {
        Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    private static void link(Path folder, String name, String target) throws IOException {
        Path link = folder.resolve(name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(target));
    }
}
