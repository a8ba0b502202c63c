// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventSource;
import dev.torimono.model.EventType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Hands over prepared batches, then ends. */
final class FakeSource implements EventSource {
    final List<Demand> subscriptions = new ArrayList<>();
    private final Deque<Runnable> before = new ArrayDeque<>();
    private final Deque<List<Event>> batches = new ArrayDeque<>();

    static Event event(long tid) {
        return new EventBuilder(EventType.symbol("SYSCALL_EXECVE_19_X"), 1_000_000 + tid, tid)
                .event();
    }

    /** One batch; the action runs just before it is asked for. */
    FakeSource then(Runnable action, long... tids) {
        List<Event> events = new ArrayList<>();
        for (long tid : tids) {
            events.add(event(tid));
        }
        before.add(action);
        batches.add(events);
        return this;
    }

    FakeSource then(long... tids) {
        return then(() -> {}, tids);
    }

    @Override
    public void subscribe(Demand demand) {
        subscriptions.add(demand);
    }

    @Override
    public int poll(Sink sink, long timeoutMs) {
        List<Event> batch = batches.poll();
        if (batch == null) {
            return -1;
        }
        before.remove().run();
        batch.forEach(sink::on);
        return batch.size();
    }

    @Override
    public void close() {}
}
