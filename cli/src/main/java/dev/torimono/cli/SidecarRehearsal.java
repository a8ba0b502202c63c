// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.Agent;
import dev.torimono.agent.AgentException;
import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.sensor.seccomp.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A sidecar that watches a program of ours for some seconds, told to nobody. The JVM keeps in its
 * ahead-of-time cache what it learnt of the methods that ran: a real sidecar, whose task may live
 * for a minute, compiles them well from the start.
 */
final class SidecarRehearsal {
    /** Some seconds: enough for what is to be learnt of all that runs for each call. */
    static final int ROUNDS = 1500;

    static final Duration MOST = Duration.ofSeconds(20);
    private static final Duration END = Duration.ofSeconds(20);

    /** What covered programs do all day: search, execute, write, fork, put streams in place. */
    private static final String WORK =
            "PATH=/nonexistent:/bin:/usr/bin; i=0; while [ $i -lt $1 ] && ! [ -e \"$3\" ]; do"
                    + " true <&0; /bin/true; env true; : >\"$2\"; : >>\"$2\"; (: >\"$2\");"
                    + " i=$((i+1)); done";

    private final Path folder;
    private final int rounds;
    private final Duration most;

    private SidecarRehearsal(Path folder, int rounds, Duration most) {
        this.folder = folder;
        this.rounds = rounds;
        this.most = most;
    }

    /** Returns whether a program was watched; where that cannot be, nothing is learnt. */
    static boolean run(int rounds, Duration most) throws IOException {
        Path folder = Files.createTempDirectory("torimono-rehearsal");
        try {
            return new SidecarRehearsal(folder, rounds, most).watch();
        } catch (AgentException e) {
            System.err.println("torimono: no sidecar: " + e.getMessage());
            return false;
        } finally {
            remove(folder);
        }
    }

    private boolean watch() throws IOException {
        Path launcher = folder.resolve("bin/launch");
        Launcher.install(launcher);
        AgentConfig config = config();
        AtomicBoolean watched = new AtomicBoolean();
        Agent agent = new Agent(config, Formats.ofLines(config), Log.silent());
        agent.onReady(
                () -> {
                    watched.set(work(launcher));
                    agent.stop("rehearsed");
                });
        agent.run();
        return watched.get();
    }

    private AgentConfig config() {
        ConfigLoader loader = new ConfigLoader(Map.of());
        String of = "train-start";
        loader.set("sensor.kind", "seccomp", of);
        loader.set("seccomp.socket", socket().toString(), of);
        loader.set("agent.lock-file", folder.resolve("lock").toString(), of);
        loader.set("outputs.stdout.enabled", "false", of);
        loader.set("journal.file", "", of);
        loader.set("control.socket", "", of);
        return loader.load();
    }

    /** Once it is there, the covered program ends. */
    private Path enough() {
        return folder.resolve("enough");
    }

    private Path socket() {
        return folder.resolve("run/agent.sock");
    }

    private boolean work(Path launcher) {
        ProcessBuilder shell =
                new ProcessBuilder(
                        List.of(
                                launcher.toString(),
                                "/bin/sh",
                                "-c",
                                WORK,
                                "sh",
                                Integer.toString(rounds),
                                folder.resolve("written").toString(),
                                enough().toString()));
        shell.environment().put("TORIMONO_SOCKET", socket().toString());
        // Rather nothing than a program that nobody watches.
        shell.environment().put("TORIMONO_PRIORITY", "security");
        shell.environment().put("TORIMONO_WAIT_SECONDS", Long.toString(END.toSeconds()));
        shell.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = shell.start();
            boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                // What it has begun waits for us: nobody may be left when we have gone.
                Files.createFile(enough());
                process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return !ended || process.exitValue() == 0;
        } catch (IOException e) {
            System.err.println("torimono: no sidecar: " + Reasons.of(e));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
