// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The least that makes a container: a cgroup, a mount namespace, an overlay with one busybox. */
public final class Cell implements AutoCloseable {
    private static final Path BUSYBOX = Path.of("/usr/bin/busybox");
    private static final List<String> APPLETS = List.of("sh", "sleep", "echo", "cp", "ln", "true");

    private final String id = "cell" + Long.toString(System.nanoTime(), 36);
    private final Path home;
    private final Path cgroup;
    private final Process first;

    public Cell() throws IOException, InterruptedException {
        home = Files.createTempDirectory("torimono-cell").toRealPath();
        for (String folder : List.of("lower/bin", "lower/tmp", "upper", "work", "merged")) {
            Files.createDirectories(home.resolve(folder));
        }
        Path bin = home.resolve("lower/bin");
        Files.copy(BUSYBOX, bin.resolve("busybox"), StandardCopyOption.COPY_ATTRIBUTES);
        // A file of its own, which goes by its name all the same.
        Files.copy(BUSYBOX, bin.resolve("expr"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(BUSYBOX, bin.resolve("linked"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createLink(bin.resolve("also"), bin.resolve("linked"));
        for (String applet : APPLETS) {
            Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
        }
        Path legacy = Path.of("/sys/fs/cgroup/pids");
        cgroup = (Files.isDirectory(legacy) ? legacy : Path.of("/sys/fs/cgroup")).resolve(id);
        Files.createDirectory(cgroup);
        first = start();
    }

    private Process start() throws IOException, InterruptedException {
        String script =
                "echo 0 > "
                        + cgroup
                        + "/cgroup.procs && mount -t overlay -o lowerdir="
                        + home
                        + "/lower,upperdir="
                        + home
                        + "/upper,workdir="
                        + home
                        + "/work overlay "
                        + home
                        + "/merged && mount -t tmpfs tmpfs "
                        + home
                        + "/merged/tmp && cd "
                        + home
                        + "/merged && pivot_root . . && /bin/busybox umount -l . && exec /bin/busybox chroot . /bin/sh -c"
                        + " 'echo ready; exec sleep 1000'";
        Process process =
                new ProcessBuilder("unshare", "-m", "/bin/sh", "-c", script)
                        .redirectErrorStream(true)
                        .start();
        String said = process.inputReader().readLine();
        if (!"ready".equals(said)) {
            throw new IOException("cell: " + said);
        }
        return process;
    }

    public String id() {
        return id;
    }

    /** Its first process. */
    public long pid() {
        return first.pid();
    }

    /**
     * Starts a process that counts as the cell's and lives in the host's view of files: armed by
     * it, the cell has no file watched.
     */
    public Process outsider() throws IOException {
        return new ProcessBuilder(
                        "/bin/sh", "-c", "echo 0 > " + cgroup + "/cgroup.procs && exec sleep 1000")
                .start();
    }

    /** Where a file of the cell lies as the host sees its layer. */
    public Path upper(String name) {
        return home.resolve("upper").resolve(name);
    }

    /** Starts a script in the cell. */
    public Process run(String script) throws IOException {
        String enter =
                "echo 0 > "
                        + cgroup
                        + "/cgroup.procs && exec nsenter -t "
                        + pid()
                        + " -m --root --wd /bin/sh -c \"$0\"";
        return new ProcessBuilder("/bin/sh", "-c", enter, script).redirectErrorStream(true).start();
    }

    /** What a script says, while {@code meanwhile} is called over and over. */
    public static String said(Process process, Runnable meanwhile)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (process.isAlive() && System.nanoTime() < end) {
            meanwhile.run();
        }
        if (!process.waitFor(0, TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the script does not end");
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        List<String> pids = new ArrayList<>(Files.readAllLines(cgroup.resolve("cgroup.procs")));
        for (String pid : pids) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
        long end = System.nanoTime() + 10_000_000_000L;
        while (!Files.readAllLines(cgroup.resolve("cgroup.procs")).isEmpty()
                && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        Files.delete(cgroup);
        try (Stream<Path> tree = Files.walk(home)) {
            for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
