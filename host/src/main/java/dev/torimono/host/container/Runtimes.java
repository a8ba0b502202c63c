// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.host.HostCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The runtimes of this machine, each watched by a thread, and the queue of their answers. */
public final class Runtimes implements AutoCloseable {
    private static final int MOST_ANSWERS = 4096;
    private static final long SHORTEST_PAUSE_MS = 250;
    private static final long LONGEST_PAUSE_MS = 30_000;

    private final Queue<Answer> answers = new ArrayBlockingQueue<>(MOST_ANSWERS);

    /** Spares the owner thread a lock per event. */
    private volatile boolean unread;

    private final List<RuntimeWatch> watches = new ArrayList<>();

    public Runtimes(List<RuntimeClient> clients, HostCounters counters) {
        this(clients, counters, SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);
    }

    Runtimes(
            List<RuntimeClient> clients, HostCounters counters, long pauseMs, long longestPauseMs) {
        for (RuntimeClient client : clients) {
            RuntimeWatch watch =
                    new RuntimeWatch(client, this::offer, counters, pauseMs, longestPauseMs);
            watches.add(watch);
            watch.start();
        }
    }

    boolean any() {
        return !watches.isEmpty();
    }

    /**
     * Asks those that answer for the runtime, or, when the path cannot tell it apart, all of them.
     *
     * @param certain whether the path can; under kubepods any runtime may have made a bare id
     * @return how many were asked
     */
    int ask(String fullId, String runtime, boolean certain) {
        int asked = 0;
        boolean named = certain && watches.stream().anyMatch(watch -> watch.answersFor(runtime));
        for (RuntimeWatch watch : watches) {
            if ((!named || watch.answersFor(runtime)) && watch.ask(fullId)) {
                asked++;
            }
        }
        return asked;
    }

    @Nullable Answer poll() {
        if (!unread) {
            return null;
        }
        Answer answer = answers.poll();
        if (answer == null) {
            unread = false;
            // One may have come between the look and the flag.
            answer = answers.poll();
            unread = answer != null;
        }
        return answer;
    }

    private boolean offer(Answer answer) {
        boolean taken = answers.offer(answer);
        unread = true;
        return taken;
    }

    /** What is wrong with runtimes that cannot be talked to now. */
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (RuntimeWatch watch : watches) {
            String failure = watch.lastFailure();
            if (failure != null) {
                failures.add(failure);
            }
        }
        return failures;
    }

    @Override
    public void close() {
        watches.forEach(RuntimeWatch::close);
    }
}
