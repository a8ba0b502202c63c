// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.activity;

import dev.torimono.agent.activity.Deed.Kind;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which deed an event is, if it is one. */
final class Deeds {
    private static final Set<String> FORKS = Set.of("clone", "clone3", "fork", "vfork");
    private static final Set<String> EXECS = Set.of("execve", "execveat");
    private static final Set<String> OPENS = Set.of("open", "openat", "openat2", "creat");
    private static final Set<String> ACCEPTS = Set.of("accept", "accept4");

    /** Portable open flag. */
    private static final int WRITES = 2;

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int TCP = 2;
    private static final int UDP = 3;

    /** By the code of the event type. */
    private final @Nullable Kind[] kinds = new Kind[EventType.count()];

    private final boolean[] accepts = new boolean[EventType.count()];

    Deeds() {
        for (EventType type : EventType.all()) {
            String name = type.name();
            if (type.symbol().equals("PROCEXIT_1_E")) {
                kinds[type.code()] = Kind.EXIT;
            } else if (type.isExit()) {
                kinds[type.code()] =
                        FORKS.contains(name)
                                ? Kind.PROCESS
                                : EXECS.contains(name)
                                        ? Kind.EXEC
                                        : OPENS.contains(name) ? Kind.WRITE : connects(name);
                accepts[type.code()] = ACCEPTS.contains(name);
            }
        }
    }

    private static @Nullable Kind connects(String name) {
        return name.equals("connect") || ACCEPTS.contains(name) ? Kind.CONNECT : null;
    }

    /** Those that make and end processes. */
    static Set<Kind> lifecycle() {
        return EnumSet.of(Kind.PROCESS, Kind.EXEC, Kind.EXIT);
    }

    /** The kind, before anything is looked at; null for most. */
    @Nullable Kind kind(Event event) {
        return kinds[event.type().code()];
    }

    /** Null when it failed, or is none after all. */
    @Nullable Deed of(Kind kind, Observation observation) {
        Event event = observation.event();
        Task task = observation.task();
        if (task == null) {
            return null;
        }
        long timeNs = event.timestampNs();
        return switch (kind) {
            case PROCESS ->
                    event.number(0) == 0 && task.isLeader() ? Deed.of(kind, timeNs, task) : null;
            case EXEC -> event.number(0) == 0 ? Deed.of(kind, timeNs, task) : null;
            case EXIT ->
                    task.isLeader()
                            ? Deed.of(kind, timeNs, task).status((int) event.number(0))
                            : null;
            case WRITE -> write(observation, task);
            case CONNECT -> connection(observation, task);
        };
    }

    private static @Nullable Deed write(Observation observation, Task task) {
        Fd fd = observation.fd();
        boolean writes =
                fd != null
                        && fd.kind().isFile()
                        && observation.event().number(0) >= 0
                        && (fd.openFlags() & WRITES) != 0;
        String path =
                writes && fd != null
                        ? new String(fd.name(), 0, fd.nameLength(), StandardCharsets.UTF_8)
                        : "";
        // Terminals and the like are no files that anybody looks for.
        boolean file =
                path.startsWith("/") && !path.startsWith("/dev/") && !path.startsWith("/proc/");
        return file
                ? Deed.of(Kind.WRITE, observation.event().timestampNs(), task).about(path)
                : null;
    }

    private @Nullable Deed connection(Observation observation, Task task) {
        Fd fd = observation.fd();
        boolean accepted = accepts[observation.event().type().code()];
        boolean told =
                fd != null
                        && fd.kind().isInet()
                        && (fd.l4proto() == TCP || fd.l4proto() == UDP)
                        && (!accepted || observation.event().number(0) >= 0);
        if (fd == null || !told) {
            return null;
        }
        String peer =
                accepted
                        ? address(fd, fd.sourceAddress(), fd.sourcePort())
                        : address(fd, fd.destinationAddress(), fd.destinationPort());
        return Deed.of(Kind.CONNECT, observation.event().timestampNs(), task)
                .about(peer)
                .over(fd.l4proto() == TCP ? "tcp" : "udp", accepted);
    }

    private static String address(Fd fd, byte[] address, int port) {
        byte[] exact = Arrays.copyOf(address, fd.kind().isIpv4() ? IPV4_BYTES : IPV6_BYTES);
        try {
            String text = InetAddress.getByAddress(exact).getHostAddress();
            return (text.indexOf(':') >= 0 ? "[" + text + "]" : text) + ":" + port;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
        }
    }
}
