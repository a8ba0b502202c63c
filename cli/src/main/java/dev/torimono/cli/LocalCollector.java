// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collector beside the agent of this machine: a process of its own, as a user that may do nothing
 * else. It ends with us, however we end: its stdin is our pipe.
 */
final class LocalCollector implements AutoCloseable {
    private static final String USER = "torimono-collector";
    private static final long STOP_SECONDS = 10;

    private final Path data;
    private final String listen;
    private final Log log;
    private @Nullable Process process;
    private boolean closed;

    LocalCollector(Path data, String listen, Log log) {
        this.data = data;
        this.listen = listen;
        this.log = log;
    }

    /** What the agent needs to report to it, as configuration. */
    List<String> assignments() {
        return List.of(
                "fleet.collector=https://" + listen,
                "fleet.ca-file=" + data.resolve("tls/certificate.pem"),
                "fleet.access-key-file=" + data.resolve("access.key"));
    }

    /** Starts it; says why when it cannot, since the agent protects without it. */
    synchronized void start() {
        if (closed) {
            return;
        }
        try {
            List<String> command = new ArrayList<>();
            Path lib = programFolder();
            if (isRoot()) {
                prepareUser();
                lib = readable(lib);
                command.addAll(
                        List.of(
                                "setpriv",
                                "--reuid=" + USER,
                                "--regid=" + USER,
                                "--clear-groups",
                                "--no-new-privs",
                                "--bounding-set=-all",
                                "--inh-caps=-all"));
            }
            command.addAll(java(lib));
            Process started =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            process = started;
            CompletableFuture<Void> _ = started.onExit().thenAccept(this::ended);
        } catch (IOException e) {
            log.warn("collector: not started: " + Reasons.of(e) + "; alerts wait on disk");
        }
    }

    private synchronized void ended(Process gone) {
        if (!closed) {
            log.warn(
                    "collector: ended with "
                            + gone.exitValue()
                            + "; alerts wait on disk; torimono collector starts it alone");
        }
    }

    @Override
    public void close() {
        Process running;
        synchronized (this) {
            closed = true;
            running = process;
        }
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** As the launch script starts one; see packaging/launch/build.sh. */
    private List<String> java(Path lib) {
        String java = ProcessHandle.current().info().command().orElse("java");
        return List.of(
                java,
                "-XX:+UseG1GC",
                "-XX:MaxGCPauseMillis=50",
                "-XX:G1HeapRegionSize=1m",
                "-Xmx512m",
                "-XX:-UsePerfData",
                "--enable-native-access=org.xerial.sqlitejdbc,com.github.luben.zstd_jni,"
                        + "org.apache.lucene.core",
                "--module-path",
                lib + ":" + lib.resolveSibling("collector"),
                "--add-modules",
                "dev.torimono.collector",
                "-m",
                "dev.torimono.cli/dev.torimono.cli.Main",
                "collector",
                "--data",
                data.toString(),
                "--listen",
                listen,
                "--until-stdin-ends");
    }

    private static Path programFolder() throws IOException {
        String path = System.getProperty("jdk.module.path", "");
        if (path.isEmpty()) {
            throw new IOException("this program does not run from its folder");
        }
        return Path.of(path.split(":", -1)[0]).toAbsolutePath();
    }

    private static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private void prepareUser() throws IOException {
        UserPrincipal user;
        try {
            user = lookUp();
        } catch (java.nio.file.attribute.UserPrincipalNotFoundException e) {
            run(
                    "useradd",
                    "--system",
                    "--user-group",
                    "--no-create-home",
                    "--home-dir",
                    data.toString(),
                    "--shell",
                    "/usr/sbin/nologin",
                    USER);
            user = lookUp();
        }
        Files.createDirectories(data);
        if (!Files.getOwner(data).equals(user)) {
            try (Stream<Path> all = Files.walk(data)) {
                for (Path file : all.toList()) {
                    Files.getFileAttributeView(
                                    file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .setOwner(user);
                }
            }
        }
    }

    private UserPrincipal lookUp() throws IOException {
        return Path.of("/")
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(USER);
    }

    private static void run(String... command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectErrorStream(true)
                        .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command[0] + ": ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command[0] + ": interrupted", e);
        }
    }

    /** Our own folder when everyone may read it; else a copy where everyone may. */
    private Path readable(Path lib) throws IOException {
        for (Path part = lib; part != null; part = part.getParent()) {
            if (!Files.getPosixFilePermissions(part).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return copied(lib);
            }
        }
        return lib;
    }

    private Path copied(Path lib) throws IOException {
        Path folder = data.resolveSibling("program");
        for (String name : List.of("lib", "collector")) {
            Path to = folder.resolve(name);
            Files.createDirectories(to);
            try (Stream<Path> old = Files.list(to)) {
                for (Path jar : old.toList()) {
                    Files.delete(jar);
                }
            }
            try (Stream<Path> jars = Files.list(lib.resolveSibling(name))) {
                for (Path jar : jars.toList()) {
                    Files.copy(jar, to.resolve(jar.getFileName()));
                }
            }
        }
        return folder.resolve("lib");
    }
}
