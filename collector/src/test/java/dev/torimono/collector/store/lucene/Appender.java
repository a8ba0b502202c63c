// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.event.EventCodec;
import dev.torimono.collector.store.Sample;
import dev.torimono.collector.store.StoredEvent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/** A process that appends as fast as it can, and says which batches were acknowledged. */
public final class Appender {
    static final int BATCH = 100;

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
            System.out.println(batch);
        }
    }

    static List<StoredEvent> events(int batch) {
        return IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                .mapToObj(i -> Sample.event("rule-" + i % 7, i))
                .toList();
    }
}
