// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Alert;
import dev.torimono.model.Alert.Standing;
import dev.torimono.model.Container;
import dev.torimono.model.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds alerts whose container is not described yet, for a bounded time: what is described by then
 * is told once and whole; what is not is told as pending, and once more, under the same id, when
 * the description comes. Alerts come from any thread, everything else from the pipeline's.
 */
final class HeldAlerts implements Pipeline.AlertSink {
    /** Whoever makes an alert of a finding is done by then. */
    private static final long FORGET_NS = 60_000_000_000L;

    private final Pipeline.AlertSink receivers;
    private final Counters counters;
    private final Map<String, Entry> entries = new HashMap<>();
    private volatile boolean empty = true;

    HeldAlerts(Pipeline.AlertSink receivers, Counters counters) {
        this.receivers = receivers;
        this.counters = counters;
    }

    /** An alert of that id is to be held until that time. */
    synchronized void expect(String id, long untilNs) {
        entries.put(id, new Entry(untilNs));
        empty = false;
    }

    @Override
    public int offer(Alert alert) {
        return empty ? receivers.offer(alert) : hold(alert);
    }

    private int hold(Alert alert) {
        Alert whole = alert;
        synchronized (this) {
            Entry entry = entries.get(alert.id());
            if (entry != null) {
                if (entry.finding == null) {
                    entry.alert = alert;
                    counters.increment(Counter.ALERTS_HELD);
                    return 0;
                }
                whole = entry.complete(alert);
                remove(alert.id());
            }
        }
        return receivers.offer(whole);
    }

    /** What is known now of the finding of an alert. */
    void complete(String id, Finding finding, Container described) {
        Alert ready = null;
        synchronized (this) {
            Entry entry = entries.get(id);
            if (entry == null) {
                return;
            }
            entry.finding = finding;
            entry.described = described;
            if (entry.alert != null) {
                ready = entry.complete(entry.alert);
                remove(id);
            }
        }
        if (ready != null) {
            counters.add(Counter.ALERTS_DROPPED, receivers.offer(ready));
            if (ready.standing() == Standing.COMPLETED) {
                counters.increment(Counter.ALERTS_COMPLETED);
            }
        }
    }

    /** Tells as pending what was held for long enough. */
    void tick(long nowNs) {
        if (!empty) {
            due(nowNs).forEach(this::tellPending);
        }
    }

    private synchronized List<Alert> due(long nowNs) {
        List<Alert> due = new ArrayList<>();
        for (Iterator<Entry> at = entries.values().iterator(); at.hasNext(); ) {
            Entry entry = at.next();
            Alert alert = entry.alert;
            if (alert != null && !entry.told && nowNs - entry.untilNs >= 0) {
                entry.told = true;
                due.add(alert.as(Standing.PENDING));
            } else if (alert == null && nowNs - entry.untilNs >= FORGET_NS) {
                at.remove();
            }
        }
        empty = entries.isEmpty();
        return due;
    }

    private void tellPending(Alert alert) {
        counters.increment(Counter.ALERTS_PENDING);
        counters.add(Counter.ALERTS_DROPPED, receivers.offer(alert));
    }

    private void remove(String id) {
        entries.remove(id);
        empty = entries.isEmpty();
    }

    /** One alert on its way; its finding or the alert itself may come first. */
    private static final class Entry {
        private final long untilNs;
        private @Nullable Alert alert;
        private @Nullable Finding finding;
        private @Nullable Container described;
        private boolean told;

        Entry(long untilNs) {
            this.untilNs = untilNs;
        }

        Alert complete(Alert of) {
            Finding known = finding;
            Alert whole = (known == null ? of : of.with(known)).in(described);
            return told ? whole.as(Standing.COMPLETED) : whole;
        }
    }
}
