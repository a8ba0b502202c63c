// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import org.jspecify.annotations.Nullable;

/**
 * Answers calls, and remembers what could not be delivered: a caller that a signal interrupted
 * makes the same call again, and is not told twice. One thread.
 */
final class Answers {
    private static final int REMEMBERED = 1024;
    private static final long AGAIN_WITHIN_NS = 2_000_000_000;

    /** Of a call whose caller was interrupted before it had our answer. */
    private record Answered(Notification call, int error, long atNs) {}

    private final SeccompCalls calls;
    private final Sessions.Counter counter;
    private final @Nullable Answered[] interrupted = new Answered[REMEMBERED];

    Answers(SeccompCalls calls, Sessions.Counter counter) {
        this.calls = calls;
        this.counter = counter;
    }

    /** Answers as before one that was answered in vain just now; whether it was. */
    boolean repeat(Session of, Notification call) {
        Answered before = interrupted[slot(call)];
        if (before == null
                || System.nanoTime() - before.atNs() >= AGAIN_WITHIN_NS
                || !before.call().repeats(call)) {
            return false;
        }
        counter.count(SeccompCount.RESTARTED, 1);
        give(of, call, before.error());
        return true;
    }

    /** Lets a call happen, or fails it with an error. */
    void give(Session of, Notification call, int error) {
        int slot = slot(call);
        int done = calls.answer(of.listener(), call.id(), error);
        interrupted[slot] = null;
        if (done == -SeccompCalls.ENOENT) {
            // Ended, or interrupted by a signal: then the same call comes again.
            Notification copy = new Notification();
            copy.copy(call);
            interrupted[slot] = new Answered(copy, error, System.nanoTime());
        } else if (done != 0) {
            counter.count(SeccompCount.FAULTS, 1);
        }
    }

    private static int slot(Notification call) {
        return call.tid() & (REMEMBERED - 1);
    }
}
