// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.process;

import dev.torimono.model.ProcessKiller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Holds processes by pidfd. The fd is opened first and the start time read after it: if that is the
 * one asked for, the fd is of that process, since its id could be reused only after it ended, and a
 * later process has a later start. Starts are compared in clock ticks of 10 ms, as /proc has them:
 * within one tick an id could come again only to somebody who may set the host's ns_last_pid. Any
 * thread.
 */
public final class PidFdKiller implements ProcessKiller {
    private static final long TICK_NS = 10_000_000;
    private static final int START_WORD = 19;

    private final PidFdCalls calls = new PidFdCalls();
    private final Path proc;

    /** Reads start times below {@code /proc}. */
    public PidFdKiller() {
        this(Path.of("/proc"));
    }

    PidFdKiller(Path proc) {
        this.proc = proc;
    }

    @Override
    public Grip grip(long pid, long startNs) {
        int fd = calls.open(pid);
        if (fd < 0) {
            return refusal(pid, -fd);
        }
        OptionalLong ticks = startTicks(pid);
        // The fd shows whether the process whose start was read is the one that is held: had it
        // ended in between, its id could be another's by now.
        if (ticks.isEmpty() || calls.pollEnded(fd, 0) != 0) {
            calls.close(fd);
            return new Gone("it had ended by itself");
        }
        if (ticks.getAsLong() != startNs / TICK_NS) {
            calls.close(fd);
            return new Gone("it had ended by itself; another process has its id now");
        }
        return new Held(new PidFd(calls, pid, fd));
    }

    private static Grip refusal(long pid, int errno) {
        return switch (errno) {
            case PidFdCalls.ESRCH, PidFdCalls.EINVAL -> new Gone("it had ended by itself");
            case PidFdCalls.EMFILE -> new Failed("pidfd_open: too many open files");
            default -> new Failed("pidfd_open: process " + pid + ": error " + errno);
        };
    }

    /** Field 22 of /proc/PID/stat, counted behind the comm, which may contain anything. */
    private OptionalLong startTicks(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(proc.resolve(pid + "/stat"));
            String stat = new String(bytes, StandardCharsets.ISO_8859_1);
            String[] words = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
            return words.length > START_WORD
                    ? OptionalLong.of(Long.parseLong(words[START_WORD]))
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** One held process. */
    private static final class PidFd implements Hold {
        private final PidFdCalls calls;
        private final long pid;
        private int fd;

        PidFd(PidFdCalls calls, long pid, int fd) {
            this.calls = calls;
            this.pid = pid;
            this.fd = fd;
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public synchronized String signal(int number) {
            int result = calls.sendSignal(open(), number);
            return switch (-result) {
                case 0, PidFdCalls.ESRCH -> "";
                case PidFdCalls.EPERM -> "no permission to signal it: CAP_KILL is missing";
                default -> "pidfd_send_signal: process " + pid + ": error " + -result;
            };
        }

        @Override
        public synchronized boolean awaitDeath(long timeoutMs) {
            long deadline = System.nanoTime() + timeoutMs * 1_000_000;
            while (true) {
                long leftMs = Math.max(0, (deadline - System.nanoTime() + 999_999) / 1_000_000);
                int result = calls.pollEnded(open(), (int) leftMs);
                if (result > 0) {
                    return true;
                }
                if (result == 0 || result != -PidFdCalls.EINTR) {
                    return false;
                }
            }
        }

        @Override
        public synchronized void close() {
            if (fd >= 0) {
                calls.close(fd);
                fd = -1;
            }
        }

        private int open() {
            if (fd < 0) {
                throw new IllegalStateException("process " + pid + " is held no more");
            }
            return fd;
        }
    }
}
