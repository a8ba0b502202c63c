// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows only what happens inside a window, and tells when that is over. */
final class WindowedObserver implements Observer {
    private final Observer host;
    private final ReplayWindow window;
    private final ReplayStatistics statistics;
    private long fromNs = Long.MIN_VALUE;
    private long toNs = Long.MAX_VALUE;
    private boolean started;
    private volatile boolean over;

    WindowedObserver(Observer host, ReplayWindow window, ReplayStatistics statistics) {
        this.host = host;
        this.window = window;
        this.statistics = statistics;
    }

    @Override
    public @Nullable Observation observe(Event event) {
        if (over) {
            return null; // the rest of a batch
        }
        Observation observation = host.observe(event);
        if (observation == null) {
            return null;
        }
        long now = event.timestampNs();
        if (!started) {
            started = true;
            ReplayWindow.Bound from = window.from();
            ReplayWindow.Bound to = window.to();
            fromNs = from == null ? Long.MIN_VALUE : from.at(now);
            toNs = to == null ? Long.MAX_VALUE : to.at(now);
        }
        if (now >= toNs) {
            over = true;
            return null;
        }
        statistics.taken(event);
        if (now < fromNs) {
            return null;
        }
        statistics.judged();
        return observation;
    }

    /** Nothing more will be shown. */
    boolean isOver() {
        return over;
    }

    @Override
    public List<Ancestor> lineage(Task task) {
        return host.lineage(task);
    }

    @Override
    public @Nullable Container container(String fullId) {
        return host.container(fullId);
    }

    @Override
    public void tick(long nowNs) {
        host.tick(nowNs);
    }
}
