// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import dev.torimono.collector.backup.Snapshots;
import dev.torimono.collector.event.EventCodec;
import dev.torimono.collector.forward.Cursors;
import dev.torimono.collector.respond.AcquiredFiles;
import dev.torimono.collector.state.Database;
import dev.torimono.collector.store.lucene.LuceneEventStore;
import dev.torimono.collector.tree.Deeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What is kept in files beside the database.
 *
 * @param events the alerts
 * @param activity what agents told of the trees of alerts
 * @param files what was acquired from machines
 */
record Stores(LuceneEventStore events, LuceneEventStore activity, AcquiredFiles files)
        implements AutoCloseable {
    private static final int QUEUE_EVENTS = 50_000;
    private static final int QUEUE_DEEDS = 20_000;
    private static final String ACTIVITY = "activity";
    private static final String ACQUIRED = "acquired";

    static Stores open(DataFolder folder, Cursors cursors, InstantSource clock, long refreshMs)
            throws IOException {
        LuceneEventStore events =
                new LuceneEventStore(
                        new LuceneEventStore.Settings(
                                folder.file("store"), refreshMs, QUEUE_EVENTS, cursors.furthest()),
                        EventCodec::stored,
                        clock);
        LuceneEventStore activity =
                new LuceneEventStore(
                        new LuceneEventStore.Settings(
                                folder.file(ACTIVITY), refreshMs, QUEUE_DEEDS),
                        Deeds::stored,
                        clock);
        return new Stores(events, activity, new AcquiredFiles(folder.file(ACQUIRED)));
    }

    /** Takes all of it, and the database, as they are at one moment. */
    Snapshots snapshots(Path data, Database database, InstantSource clock) {
        return new Snapshots(
                data,
                database,
                into -> {
                    activity.snapshot(into.resolveSibling(ACTIVITY));
                    files.link(into.resolveSibling(ACQUIRED));
                    return events.snapshot(into);
                },
                clock);
    }

    @Override
    public void close() {
        events.close();
        activity.close();
    }
}
