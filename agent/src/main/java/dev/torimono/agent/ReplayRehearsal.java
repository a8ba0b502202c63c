// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.format.AlertFormat;
import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Snapshot;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.sensor.scap.ScapWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A replay of something made up: short-lived processes that open, duplicate, connect and end. What
 * the JVM learns here (classes, which branches are taken) it keeps for real replays, most of which
 * are over before it would have learnt it.
 */
final class ReplayRehearsal {
    private static final int PROCESSES = 4000;
    private static final int OPENS = 12;
    private static final long PARENT = 100;
    private static final long FIRST_TID = 1000;
    private static final int TIDS = 500;
    private static final long STEP_NS = 1000;

    private long timeNs = 1_700_000_000_000_000_000L;

    /** Writes the capture into the folder, goes through it, and takes it away again. */
    static void run(AgentConfig config, AlertFormat format, Log log, Path folder)
            throws IOException {
        Path file = folder.resolve("rehearsal.scap");
        try {
            new ReplayRehearsal().write(file);
            new Replay(config, format, log).run(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void write(Path file) throws IOException {
        Task init = new Task(1, 1).comm(Text.of("init")).cwd(Text.of("/"));
        Task shell = new Task(PARENT, PARENT).parent(1, null).comm(Text.of("sh"));
        Snapshot snapshot =
                new Snapshot(
                        Snapshot.Machine.UNKNOWN,
                        List.of(init, shell.cwd(Text.of("/tmp/"))),
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of());
        try (ScapWriter writer =
                new ScapWriter(new BufferedOutputStream(Files.newOutputStream(file)), 0)) {
            writer.begin(snapshot);
            for (int i = 0; i < PROCESSES; i++) {
                process(writer, FIRST_TID + i % TIDS, i);
            }
        }
    }

    private void process(ScapWriter to, long tid, int number) throws IOException {
        to.write(born("SYSCALL_CLONE_20_X", tid).number("vtid", tid).number("vpid", tid).event());
        to.write(born("SYSCALL_EXECVE_19_X", tid).text("trusted_exepath", "/usr/bin/x").event());
        for (int i = 0; i < OPENS; i++) {
            String name = "/usr/lib/" + (number + i) % 64 + "/lib.so";
            to.write(opened(tid, i % 2 == 0 ? name : "data/" + name, i));
            to.write(of("SYSCALL_FCNTL_X", tid).number("fd", 3).number("cmd", 1).event());
            to.write(of("SYSCALL_CLOSE_X", tid).number("fd", 3).event());
        }
        to.write(of("SYSCALL_PRLIMIT_X", tid).number("pid", 0).number("resource", 7).event());
        to.write(of("SOCKET_SOCKET_X", tid).number("fd", 4).number("domain", 2).event());
        to.write(of("SOCKET_CONNECT_X", tid).bytes("tuple", tuple()).number("fd", 4).event());
        to.write(of("SYSCALL_DUP2_X", tid).number("oldfd", 4).number("newfd", 9).event());
        to.write(of("SYSCALL_UNLINKAT_2_X", tid).number("dirfd", -100).text("name", "x").event());
        to.write(of("PROCEXIT_1_E", tid).number("status", 0).event());
    }

    private EventBuilder of(String symbol, long tid) {
        timeNs += STEP_NS;
        EventType type = EventType.symbol(symbol);
        EventBuilder builder = new EventBuilder(type, timeNs, tid);
        return type.paramIndex("res") == 0 ? builder.number("res", 0) : builder;
    }

    private EventBuilder born(String symbol, long tid) {
        return of(symbol, tid)
                .text("exe", "x")
                .texts("args", List.of("-l", "/tmp"))
                .number("tid", tid)
                .number("pid", tid)
                .number("ptid", PARENT)
                .text("cwd", "")
                .text("comm", "x")
                .texts("cgroups", List.of("pids=/user"))
                .number("flags", 0)
                .number("uid", 0)
                .number("gid", 0);
    }

    private Event opened(long tid, String name, int mode) {
        return of("SYSCALL_OPENAT_2_X", tid)
                .number("fd", 3)
                .number("dirfd", -100)
                .text("name", name)
                .number("flags", mode % 5 == 0 ? 2 : 1)
                .number("mode", 0)
                .number("dev", 1)
                .number("ino", 2)
                .event();
    }

    /** 127.0.0.1:4000 to 127.0.0.1:80. */
    private static byte[] tuple() {
        return new byte[] {2, 127, 0, 0, 1, (byte) 160, 15, 127, 0, 0, 1, 80, 0};
    }
}
