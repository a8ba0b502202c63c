// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.event.EventCodec;
import dev.torimono.collector.event.Triage;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.Sample;
import dev.torimono.collector.store.StoredEvent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A process that appends as fast as it can, and says which batches were acknowledged. */
public final class Appender {
    static final int BATCH = 100;
    static final int CLOSED = 3;

    private Appender() {}

    /** Folder and number of the first batch. */
    public static void main(String[] args) {
        LuceneEventStore store =
                new LuceneEventStore(
                        new LuceneEventStore.Settings(Path.of(args[0]), 0, 10_000),
                        EventCodec::stored,
                        InstantSource.system());
        for (int batch = Integer.parseInt(args[1]); ; batch++) {
            store.append(events(batch));
            store.change(closed(batch), body -> closed(body));
            System.out.println(batch);
        }
    }

    /** Some of a batch, closed when it is acknowledged. */
    static List<EventId> closed(int batch) {
        return events(batch).stream().map(StoredEvent::id).limit(CLOSED).toList();
    }

    private static @Nullable StoredEvent closed(byte[] body) {
        return Triage.moved(body, Triage.Status.CLOSED, new Triage.Author("appender", 1), "");
    }

    static List<StoredEvent> events(int batch) {
        return IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                .mapToObj(i -> Sample.event("rule-" + i % 7, i))
                .toList();
    }
}
