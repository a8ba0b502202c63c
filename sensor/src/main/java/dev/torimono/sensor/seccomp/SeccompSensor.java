// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Demand;
import dev.torimono.model.Enforcement;
import dev.torimono.model.EventSource;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import dev.torimono.sensor.SensorException;
import dev.torimono.sensor.bpf.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of programs that were begun by the launcher, from calls that wait for our answer: no
 * access to the kernel and no privilege but SYS_PTRACE. Driven by one thread; counters may be read
 * by any.
 *
 * <p>Each call is told before it happens, with its arguments as they lie in the caller's memory,
 * and then let happen, refused, or its caller is ended. What its result will be is foretold where
 * that is certain, else told as success.
 */
public final class SeccompSensor implements EventSource {
    /** Calls of one listener that are answered before the next one's turn. */
    private static final int TURN = 64;

    private static final int FEW = 4;

    /** How soon an exec is judged again whose judge did not know enough. */
    private static final int AGAIN_MS = 5;

    private final SeccompConfig config;
    private final Map<SeccompCount, AtomicLong> counts = new EnumMap<>(SeccompCount.class);
    private final SeccompCalls calls;
    private final TalkSocket talks;
    private final int listening;
    private final Sessions sessions;
    private final CallTeller teller;
    private final Consumer<CoverNotice> notices;
    private final Outsiders outsiders;
    private final SeccompGate gate;
    private final Notification notification = new Notification();
    private long beatNs;
    private boolean closed;

    private SeccompSensor(
            SeccompConfig config,
            Places places,
            Consumer<CoverNotice> notices,
            SeccompCalls calls) {
        this.config = config;
        this.calls = calls;
        this.talks = new TalkSocket(calls);
        for (SeccompCount each : SeccompCount.values()) {
            counts.put(each, new AtomicLong());
        }
        long epochOffsetNs = Libc.clockNs(Libc.CLOCK_REALTIME) - Libc.clockNs(Libc.CLOCK_BOOTTIME);
        this.listening = Ear.open(talks, config.socket());
        this.sessions =
                new Sessions(calls, talks, config, places, notices, this::count, epochOffsetNs);
        this.notices = notices;
        this.outsiders = new Outsiders(sessions.all(), this::count);
        this.gate = new SeccompGate(new Reach());
        this.teller = new CallTeller(calls, gate, this::count);
    }

    /** What the gate asks of us. */
    private final class Reach implements SeccompGate.Arm {
        @Override
        public @Nullable Text place(long pid) {
            return sessions.place(pid);
        }

        @Override
        public @Nullable HeldFile look(long tid, Text path) {
            return teller.look(tid, path);
        }

        @Override
        public long nowNs() {
            return Libc.realtimeNs();
        }
    }

    /** Decides how the tasks of a covered program are placed among containers. */
    @FunctionalInterface
    public interface Places {
        /**
         * The cgroup path that they are told to be in.
         *
         * @param covered what its launcher said
         * @param proc the path that /proc has; empty for none
         */
        Text cgroup(Covered covered, Text proc);
    }

    /**
     * Listens from now on.
     *
     * @param notices is told who runs unseen and what was let pass; the polling thread
     * @throws SensorException saying why it cannot work here
     */
    public static SeccompSensor open(
            SeccompConfig config, Places places, Consumer<CoverNotice> notices) {
        return open(config, places, notices, new SeccompCalls());
    }

    static SeccompSensor open(
            SeccompConfig config,
            Places places,
            Consumer<CoverNotice> notices,
            SeccompCalls calls) {
        String obstacle = obstacle();
        if (obstacle != null) {
            throw new SensorException(SensorException.Reason.SECCOMP, obstacle);
        }
        return new SeccompSensor(config, places, notices, calls);
    }

    /** Why it cannot work on this machine; null when it can. */
    public static @Nullable String obstacle() {
        if (Machine.arch() == 0) {
            return "seccomp: this machine is neither x86-64 nor arm64";
        }
        try {
            String actions = Files.readString(Path.of("/proc/sys/kernel/seccomp/actions_avail"));
            return actions.contains("user_notif")
                    ? null
                    : "seccomp: the kernel knows no user notification (since 5.0)";
        } catch (IOException e) {
            return "seccomp: actions_avail: cannot be read: " + e.getMessage();
        }
    }

    /** Whether events of that name are told at all, when someone wants them. */
    public static boolean tells(String eventName) {
        return NotifiedCall.NAMES.contains(eventName);
    }

    @Override
    public void subscribe(Demand demand) {
        List<NotifiedCall> wanted = NotifiedCall.wanted(demand);
        sessions.filter(FilterProgram.of(wanted, Machine.arch(), waiting(demand)), wanted);
        teller.tell(demand, config.environment() && demand.environment());
    }

    private WaitingOpens waiting(Demand demand) {
        return config.readOpens() ? Wanted.opens(demand) : WaitingOpens.WRITES;
    }

    /** Whether some rule wants to see files that are opened for reading. */
    public static boolean wantsReadOpens(Demand demand) {
        return Wanted.readOpens(demand);
    }

    @Override
    public int poll(Sink sink, long timeoutMs) {
        long end = System.nanoTime() + timeoutMs * 1_000_000;
        int told = 0;
        while (told == 0) {
            beat();
            long leftMs = Math.max(0, (end - System.nanoTime()) / 1_000_000);
            int most = teller.isWaiting() ? AGAIN_MS : beatEveryMs();
            sessions.await(listening, (int) Math.min(leftMs, most));
            sessions.admit(listening);
            told += teller.again(sink);
            for (int i = 0; i < sessions.size(); i++) {
                told += serve(sessions.get(i), sink);
            }
            sessions.settle();
            if (leftMs == 0) {
                break;
            }
        }
        return told;
    }

    /** Tells keepers that we look. */
    private void beat() {
        long now = System.nanoTime();
        if (now - beatNs >= beatEveryMs() * 1_000_000L) {
            if (isAway(now)) {
                sessions.wasAway(now);
            }
            beatNs = now;
            sessions.beat();
            outsiders.drain(notices);
        }
    }

    /** Whether keepers may think that we are not there. */
    private boolean isAway(long nowNs) {
        return beatNs != 0 && nowNs - beatNs > config.deadlineMs() * 1_000_000L / 2;
    }

    private int beatEveryMs() {
        return Math.max(1, Math.min(200, config.deadlineMs() / 4));
    }

    private int serve(Session session, Sink sink) {
        int told = 0;
        // Few are asked all at once just as fast, and the answered caller can go on at once.
        int turn = sessions.size() > FEW ? TURN : 1;
        for (int i = 0; i < turn && sessions.ready(session, i > 0); i++) {
            long now = System.nanoTime();
            if (isAway(now) || !session.isOurs(now)) {
                return told;
            }
            int taken = calls.take(session.listener(), notification);
            if (taken != 0) {
                if (taken == -SeccompCalls.ENOENT) {
                    count(SeccompCount.GONE, 1);
                }
                return told;
            }
            count(SeccompCount.NOTIFIED, 1);
            told += teller.tell(session, notification, sink);
            beat();
        }
        return told;
    }

    /** Refuses and ends what waits, as whoever judges says. */
    public Enforcement enforcement() {
        return gate;
    }

    /** Where the task in hand is told to be; null for tasks that are not in hand. */
    public @Nullable Text cgroupOf(long tid) {
        return teller.cgroupOf(tid);
    }

    /** Any thread. */
    public long count(SeccompCount of) {
        AtomicLong count = counts.get(of);
        return count == null ? 0 : count.get();
    }

    private void count(SeccompCount of, long more) {
        AtomicLong count = counts.get(of);
        if (count != null) {
            count.addAndGet(more);
        }
    }

    /** Leaves every program to its keeper. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            outsiders.close();
            sessions.close();
            calls.close(listening);
            try {
                Files.deleteIfExists(config.socket());
            } catch (IOException e) {
                throw new SensorException(
                        SensorException.Reason.SECCOMP,
                        "socket: " + config.socket() + ": " + e.getMessage());
            }
        }
    }
}
