// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Triage;
import dev.torimono.collector.event.Triage.Status;
import dev.torimono.collector.query.Filter;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventPage;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.EventStore.Change;
import dev.torimono.collector.store.EventStore.Changed;
import dev.torimono.collector.store.EventStore.Direction;
import dev.torimono.collector.store.Found;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Changes many events, some at a time, so that nobody else waits long. */
final class Sweep {
    private static final int MOST = 10_000;
    private static final int TOGETHER = 500;

    private final EventStore store;

    Sweep(EventStore store) {
        this.store = store;
    }

    /**
     * What came of it.
     *
     * @param more whether there are further events that were not looked at
     */
    record Swept(int changed, int unchanged, int missing, boolean more) {
        ObjectNode json() {
            return Json.object()
                    .put("changed", changed)
                    .put("unchanged", unchanged)
                    .put("missing", missing)
                    .put("more", more);
        }
    }

    Swept these(Collection<EventId> ids, Change change) {
        int changed = 0;
        int missing = 0;
        List<EventId> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += TOGETHER) {
            Changed some =
                    store.change(all.subList(from, Math.min(from + TOGETHER, all.size())), change);
            changed += some.changed();
            missing += some.missing();
        }
        return new Swept(changed, all.size() - changed - missing, missing, false);
    }

    /** All of a range that do not have a status yet. */
    Swept all(EventRange range, Status status, Change change) {
        Filter others =
                new Filter.And(
                        List.of(
                                range.filter(),
                                new Filter.Not(
                                        new Filter.In(Triage.STATUS, List.of(status.label())))));
        EventRange left = new EventRange(range.fromNs(), range.toNs(), others);
        List<EventId> ids = new ArrayList<>();
        EventPage page = store.find(left, null, Direction.OLDER, TOGETHER);
        ids.addAll(page.events().stream().map(Found::id).toList());
        while (page.more() && ids.size() < MOST) {
            page = store.find(left, ids.getLast(), Direction.OLDER, TOGETHER);
            ids.addAll(page.events().stream().map(Found::id).toList());
        }
        Swept swept = these(ids, change);
        return new Swept(swept.changed(), swept.unchanged(), swept.missing(), page.more());
    }
}
