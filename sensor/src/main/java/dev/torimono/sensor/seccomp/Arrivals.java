// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Connections that have not said yet who they are: bounded, and not for long. One thread. */
final class Arrivals {
    static final int MOST = 64;
    private static final long PATIENCE_NS = 5_000_000_000L;

    private record Arriving(int socket, long sinceNs) {}

    private final SeccompCalls calls;
    private final TalkSocket talks;
    private final List<Arriving> arriving = new ArrayList<>();

    Arrivals(SeccompCalls calls, TalkSocket talks) {
        this.calls = calls;
        this.talks = talks;
    }

    /** Has them waited for, first of all; how many were added. */
    int addTo(PollSet polled, int listening) {
        // One that knocks while there is no room would be told again and again.
        polled.add(arriving.size() < MOST ? listening : -1);
        arriving.forEach(each -> polled.add(each.socket()));
        return 1 + arriving.size();
    }

    /** Gives away those that have something to say, or are out of time. */
    void give(PollSet polled, IntConsumer to) {
        for (int i = arriving.size() - 1; i >= 0; i--) {
            Arriving each = arriving.get(i);
            if (polled.events(1 + i) != 0 || System.nanoTime() - each.sinceNs() > PATIENCE_NS) {
                arriving.remove(i);
                to.accept(each.socket());
            }
        }
    }

    /** Takes new ones in. */
    void accept(PollSet polled, int listening) {
        while (polled.events(0) != 0 && arriving.size() < MOST) {
            int socket = talks.accept(listening);
            if (socket < 0) {
                return;
            }
            arriving.add(new Arriving(socket, System.nanoTime()));
        }
    }

    void close() {
        arriving.forEach(each -> calls.close(each.socket()));
        arriving.clear();
    }
}
