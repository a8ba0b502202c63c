// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.torimono.sensor.gate.SmallFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Covered programs and who asks to become one. Everything that comes over a socket may come from
 * anybody in the pod. The polling thread, but for {@link #covers}.
 */
final class Sessions {
    private static final int MOST = 256;
    private static final int MOST_ARRIVING = 64;
    private static final long PATIENCE_NS = 5_000_000_000L;
    private static final int POLL_BYTES = 8;

    /** A keeper says that we have the calls again as soon as it hears us. */
    private static final long STAND_IN_NS = 1_000_000_000L;

    /** Takes what is counted. */
    @FunctionalInterface
    interface Counter {
        void count(SeccompCount of, long more);
    }

    /** A connection that has not said who it is. */
    private record Arriving(int socket, long sinceNs) {}

    private final SeccompCalls calls;
    private final TalkSocket talks;
    private final SeccompConfig config;
    private final SeccompSensor.Places places;
    private final Consumer<CoverNotice> notices;
    private final Counter counter;
    private final long epochOffsetNs;
    private final SmallFiles files = new SmallFiles();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final List<Arriving> arriving = new ArrayList<>();
    private final MemorySegment fds =
            Arena.ofShared().allocate((1L + MOST_ARRIVING + 2 * MOST) * POLL_BYTES, 8);
    private final MemorySegment one = Arena.ofShared().allocate(POLL_BYTES, 8);
    private final int[] why = new int[1];
    private byte[] filter = new byte[0];
    private List<NotifiedCall> wanted = List.of();
    private long numbers;
    private int polled;

    Sessions(
            SeccompCalls calls,
            TalkSocket talks,
            SeccompConfig config,
            SeccompSensor.Places places,
            Consumer<CoverNotice> notices,
            Counter counter,
            long epochOffsetNs) {
        this.calls = calls;
        this.talks = talks;
        this.config = config;
        this.places = places;
        this.notices = notices;
        this.counter = counter;
        this.epochOffsetNs = epochOffsetNs;
    }

    /** What launchers are given from now on. */
    void filter(byte[] program, List<NotifiedCall> ofCalls) {
        filter = program;
        wanted = ofCalls;
    }

    /** Calls of the present filter; earlier programs have the one of their time. */
    List<NotifiedCall> wanted() {
        return wanted;
    }

    /** Of any thread, what is final in them. */
    Iterable<Session> all() {
        return sessions;
    }

    int size() {
        return sessions.size();
    }

    Session get(int index) {
        return sessions.get(index);
    }

    /** Waits until anything is to be done. */
    void await(int listening, int timeoutMs) {
        polled = 0;
        // One that knocks while there is no room would be told again and again.
        want(arriving.size() < MOST_ARRIVING ? listening : -1);
        arriving.forEach(each -> want(each.socket()));
        long now = System.nanoTime();
        for (Session each : sessions) {
            want(each.socket());
            want(each.isOurs(now) ? each.listener() : -1);
            each.events(0);
        }
        int ready = calls.poll(fds, polled, timeoutMs);
        int at = 1 + arriving.size();
        for (Session each : sessions) {
            // The kernel passes over fds that are negative.
            each.heard(ready > 0 && events(at) != 0);
            each.events(ready > 0 ? events(at + 1) : 0);
            at += 2;
        }
    }

    private void want(int fd) {
        long at = (long) polled++ * POLL_BYTES;
        fds.set(JAVA_INT, at, fd);
        fds.set(JAVA_SHORT, at + 4, (short) SeccompCalls.POLLIN);
        fds.set(JAVA_SHORT, at + 6, (short) 0);
    }

    private int events(int index) {
        return fds.get(JAVA_SHORT, (long) index * POLL_BYTES + 6);
    }

    /** Whether a call waits at the listener. */
    boolean ready(Session session, boolean again) {
        if (session.listener() < 0) {
            return false;
        }
        if (again) {
            one.set(JAVA_INT, 0, session.listener());
            one.set(JAVA_SHORT, 4, (short) SeccompCalls.POLLIN);
            session.events(calls.poll(one, 1, 0) > 0 ? one.get(JAVA_SHORT, 6) : 0);
        }
        return (session.events() & SeccompCalls.POLLIN) != 0;
    }

    /** Takes new connections in and listens to those that have something to say. */
    void admit(int listening) {
        for (int i = arriving.size() - 1; i >= 0; i--) {
            Arriving each = arriving.get(i);
            if (events(1 + i) != 0 || System.nanoTime() - each.sinceNs() > PATIENCE_NS) {
                arriving.remove(i);
                introduce(each.socket());
            }
        }
        for (Session each : sessions) {
            if (each.heard()) {
                hear(each);
            }
        }
        while (events(0) != 0 && arriving.size() < MOST_ARRIVING) {
            int socket = talks.accept(listening);
            if (socket < 0) {
                return;
            }
            arriving.add(new Arriving(socket, System.nanoTime()));
        }
    }

    private void introduce(int socket) {
        TalkSocket.Received packet = talks.receive(socket, why);
        Talk hello = packet == null ? null : Talk.parse(packet.bytes());
        int fd = packet == null ? -1 : packet.fd();
        if (hello == null || hello.kind() != Talk.HELLO) {
            drop(socket, fd);
            counter.count(SeccompCount.SESSIONS_REFUSED, 1);
            return;
        }
        int peer = talks.peer(socket);
        Covered covered = Covered.of(hello, Math.max(peer, 0));
        if (hello.a() == Talk.ROLE_UNCOVERED) {
            drop(socket, fd);
            counter.count(SeccompCount.UNCOVERED, 1);
            notices.accept(new CoverNotice.Uncovered(covered));
            return;
        }
        String obstacle = obstacle(hello, peer, fd);
        if (!obstacle.isEmpty()) {
            talks.send(socket, Talk.refusal(obstacle));
            drop(socket, fd);
            counter.count(SeccompCount.SESSIONS_REFUSED, 1);
            notices.accept(new CoverNotice.Refused(covered, obstacle));
            return;
        }
        begin(socket, fd, hello, peer, covered);
    }

    private String obstacle(Talk hello, int peer, int fd) {
        if (peer <= 0) {
            return "its pid namespace is not the agent's: set pidMode to task, or"
                    + " shareProcessNamespace to true";
        }
        if (hello.arch() != Machine.arch()) {
            return "it was compiled for another machine";
        }
        if (sessions.size() >= MOST) {
            return "there are " + MOST + " covered programs already";
        }
        return hello.a() == Talk.ROLE_KEEP && fd < 0 ? "it has no listener" : "";
    }

    private void begin(int socket, int fd, Talk hello, int peer, Covered covered) {
        Peer of = Peer.read(files, peer);
        Session session =
                new Session(
                        ++numbers,
                        socket,
                        hello,
                        covered,
                        of.startNs() + epochOffsetNs,
                        places.cgroup(covered, of.cgroup()),
                        of);
        boolean again = hello.a() == Talk.ROLE_KEEP;
        if (again) {
            session.listener(fd);
            wakes(session);
            // Until it has heard of us it stands in.
            session.standIn(System.nanoTime() + STAND_IN_NS);
            passed(session, hello.passed());
        } else if (talks.send(socket, Talk.filter(filter, config.deadlineMs())) != 0) {
            drop(socket, fd);
            counter.count(SeccompCount.SESSIONS_REFUSED, 1);
            return;
        }
        sessions.add(session);
        talks.send(socket, Talk.beat(session.standsIn()));
        counter.count(SeccompCount.SESSIONS, 1);
        notices.accept(new CoverNotice.Seen(covered, again));
    }

    private void wakes(Session session) {
        if (!calls.wakeOnOneCpu(session.listener())) {
            counter.count(SeccompCount.SLOW_LISTENERS, 1);
        }
    }

    private void hear(Session session) {
        while (session.socket() >= 0) {
            TalkSocket.Received packet = talks.receive(session.socket(), why);
            if (packet == null) {
                if (why[0] != SeccompCalls.EAGAIN && why[0] != SeccompCalls.EINTR) {
                    calls.close(session.socket());
                    session.keeperGone();
                }
                return;
            }
            Talk talk = Talk.parse(packet.bytes());
            boolean hands = talk != null && talk.kind() == Talk.LISTENER && session.listener() < 0;
            if (hands && packet.fd() >= 0) {
                session.listener(packet.fd());
                wakes(session);
            } else if (packet.fd() >= 0) {
                calls.close(packet.fd());
            }
            if (talk != null && talk.kind() == Talk.PASSED) {
                session.ours();
                passed(session, talk.passed());
            }
        }
    }

    private void passed(Session session, long more) {
        if (more > 0) {
            counter.count(SeccompCount.PASSED_UNSEEN, more);
            notices.accept(new CoverNotice.Passed(session.covered(), more));
        }
    }

    /** Lets go of who has ended. */
    void settle() {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            Session each = sessions.get(i);
            boolean over =
                    (each.events() & (SeccompCalls.POLLHUP | SeccompCalls.POLLERR)) != 0
                            && (each.events() & SeccompCalls.POLLIN) == 0;
            if (over || (each.listener() < 0 && each.socket() < 0)) {
                drop(each.socket(), each.listener());
                sessions.remove(i);
            } else if (each.socket() < 0 && each.missKeeper()) {
                notices.accept(new CoverNotice.KeeperGone(each.covered()));
            }
        }
    }

    /** We were away for so long that keepers answered for us; some of them may be at it. */
    void wasAway(long nowNs) {
        sessions.forEach(each -> each.standIn(nowNs + STAND_IN_NS));
    }

    void beat() {
        for (Session each : sessions) {
            if (each.socket() >= 0) {
                talks.send(each.socket(), Talk.beat(each.standsIn()));
            }
        }
    }

    /** Whether a process has the view of files of a covered program; any thread. */
    boolean covers(long pid) {
        try {
            String view = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/mnt")).toString();
            return sessions.stream()
                    .anyMatch(each -> each.mountNamespace().toString().equals(view));
        } catch (IOException e) {
            return false;
        }
    }

    void close() {
        arriving.forEach(each -> calls.close(each.socket()));
        sessions.forEach(each -> drop(each.socket(), each.listener()));
        arriving.clear();
        sessions.clear();
    }

    private void drop(int socket, int fd) {
        if (socket >= 0) {
            calls.close(socket);
        }
        if (fd >= 0) {
            calls.close(fd);
        }
    }
}
