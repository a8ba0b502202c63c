// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Text;
import dev.torimono.sensor.gate.SmallFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Covered programs and who asks to become one. Everything that comes over a socket may come from
 * anybody in the pod. The polling thread, but for {@link #place}.
 */
final class Sessions {
    private static final int MOST = 256;

    /** A keeper says that we have the calls again as soon as it hears us. */
    private static final long STAND_IN_NS = 1_000_000_000L;

    /** Takes what is counted. */
    @FunctionalInterface
    interface Counter {
        void count(SeccompCount of, long more);
    }

    private final SeccompCalls calls;
    private final TalkSocket talks;
    private final SeccompConfig config;
    private final SeccompSensor.Places places;
    private final Consumer<CoverNotice> notices;
    private final Counter counter;
    private final long epochOffsetNs;
    private final SmallFiles files = new SmallFiles();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final Arrivals arrivals;
    private final int[] why = new int[1];
    private byte[] filter = new byte[0];
    private List<NotifiedCall> wanted = List.of();
    private long numbers;
    private final PollSet polled;

    Sessions(
            SeccompCalls calls,
            TalkSocket talks,
            SeccompConfig config,
            SeccompSensor.Places places,
            Consumer<CoverNotice> notices,
            Counter counter,
            long epochOffsetNs) {
        this.calls = calls;
        this.polled = new PollSet(calls, 1 + Arrivals.MOST + 2 * MOST);
        this.arrivals = new Arrivals(calls, talks);
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
        polled.clear();
        int at = arrivals.addTo(polled, listening);
        long now = System.nanoTime();
        for (Session each : sessions) {
            polled.add(each.socket());
            polled.add(each.isOurs(now) ? each.listener() : -1);
            each.events(0);
        }
        int ready = polled.await(timeoutMs);
        for (Session each : sessions) {
            each.heard(ready > 0 && polled.events(at) != 0);
            each.events(ready > 0 ? polled.events(at + 1) : 0);
            at += 2;
        }
    }

    /** Whether a call waits at the listener. */
    boolean ready(Session session, boolean again) {
        if (session.listener() < 0) {
            return false;
        }
        if (again) {
            session.events(polled.now(session.listener()));
        }
        return (session.events() & SeccompCalls.POLLIN) != 0;
    }

    /** Takes new connections in and listens to those that have something to say. */
    void admit(int listening) {
        arrivals.give(polled, this::introduce);
        for (Session each : sessions) {
            if (each.heard()) {
                hear(each);
            }
        }
        arrivals.accept(polled, listening);
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
        boolean again = hello.a() == Talk.ROLE_KEEP;
        Session session =
                new Session(
                        ++numbers,
                        socket,
                        hello,
                        covered,
                        of.startNs() + epochOffsetNs,
                        places.cgroup(covered, of.cgroup()),
                        of,
                        // A filter of an earlier agent may know less.
                        !again);
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
                    session.keeperGone(System.nanoTime());
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
            session.passedUnseen();
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
            } else if (each.socket() < 0 && each.missKeeper(System.nanoTime())) {
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

    /** Where whoever has a process's view of files is told to be, or null; any thread. */
    @Nullable Text place(long pid) {
        try {
            String view = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/mnt")).toString();
            return sessions.stream()
                    .filter(each -> each.mountNamespace().toString().equals(view))
                    .map(Session::cgroupPath)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    void close() {
        arrivals.close();
        sessions.forEach(each -> drop(each.socket(), each.listener()));
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
