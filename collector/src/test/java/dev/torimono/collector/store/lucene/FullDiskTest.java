// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.collector.event.EventCodec;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.Sample;
import dev.torimono.collector.store.SmallDisk;
import dev.torimono.collector.store.StoreBusyException;
import dev.torimono.collector.store.StoreException;
import dev.torimono.collector.store.StoredEvent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a disk that is full: what was acknowledged stays, and it goes on by itself. */
final class FullDiskTest {
    private static final int MIB = 1 << 20;
    private static final long DAY_SECONDS = 86_400;

    /** The day after the samples', so that no day of them lies ahead. */
    private static LuceneEventStore open(Path folder, long refreshMs) {
        return new LuceneEventStore(
                new LuceneEventStore.Settings(folder, refreshMs, 100_000),
                EventCodec::stored,
                InstantSource.fixed(Sample.T0.plusSeconds(3 * DAY_SECONDS)));
    }

    private static List<StoredEvent> some(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> Sample.event("rule-" + i, i))
                .toList();
    }

    private static void await(LuceneEventStore store, Predicate<String> trouble) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!trouble.test(store.health().trouble())) {
            assertThat(System.nanoTime() - endNs).as(store.health().trouble()).isNegative();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void whileTheDiskIsNearlyFullNothingIsTaken(@TempDir Path folder) throws Exception {
        try (SmallDisk disk = new SmallDisk(folder, 64);
                LuceneEventStore store = open(folder.resolve("store"), 0)) {
            assertThat(store.append(some(0, 100))).isEqualTo(100);
            disk.leave(10 * MIB);
            assertThatThrownBy(() -> store.append(some(100, 100)))
                    .isInstanceOf(StoreBusyException.class)
                    .hasMessageContaining("10 MiB of the disk are free, of which 16");
            assertThat(store.health().trouble()).contains("nothing is taken");
            assertThat(store.health().refused()).isEqualTo(100);
            assertThat(store.count(EventRange.ALL)).isEqualTo(100);
            disk.makeRoom();
            await(store, String::isEmpty);
            assertThat(store.append(some(0, 200))).isEqualTo(100);
            assertThat(store.count(EventRange.ALL)).isEqualTo(200);
        }
    }

    /** Somebody else takes the last byte after events were acknowledged that no index has yet. */
    @Test
    void whatWasAcknowledgedIsThereWhenTheIndexCouldNotBeWritten(@TempDir Path folder)
            throws Exception {
        try (SmallDisk disk = new SmallDisk(folder, 64)) {
            try (LuceneEventStore store = open(folder.resolve("store"), 2000)) {
                assertThat(store.append(some(0, 3000))).isEqualTo(3000);
                disk.leave(0);
                await(store, trouble -> trouble.startsWith("stopped"));
                assertThatThrownBy(() -> store.append(some(3000, 10)))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("stopped");
                disk.makeRoom();
                await(store, String::isEmpty);
                assertThat(store.count(EventRange.ALL)).isEqualTo(3000);
                // The first of another day, for which there is no index yet.
                StoredEvent later = Sample.event("later", DAY_SECONDS);
                assertThat(store.append(List.of(later))).isEqualTo(1);
                assertThat(store.append(some(2990, 20))).isEqualTo(10);
                assertThat(store.health().days()).isEqualTo(2);
            }
            try (LuceneEventStore store = open(folder.resolve("store"), 0)) {
                assertThat(store.count(EventRange.ALL)).isEqualTo(3011);
            }
        }
    }

    /** What is half written of a batch must not hide what is written after it. */
    @Test
    void aBatchThatDidNotFitLeavesNothingBehind(@TempDir Path folder) throws Exception {
        try (SmallDisk disk = new SmallDisk(folder, 16)) {
            Path journals = folder.resolve("journal");
            try (Journal journal = Journal.open(journals, _ -> {})) {
                journal.append(List.of(new byte[1000]));
                disk.leave(3 * MIB);
                assertThatThrownBy(() -> journal.append(List.of(new byte[8 * MIB])))
                        .isInstanceOf(java.io.IOException.class);
                journal.append(List.of(new byte[2000]));
                disk.leave(0);
                assertThatThrownBy(() -> journal.append(List.of(new byte[MIB])))
                        .isInstanceOf(java.io.IOException.class);
                disk.makeRoom();
                journal.append(List.of(new byte[3000]));
            }
            List<Integer> left = new java.util.ArrayList<>();
            try (Journal _ = Journal.open(journals, record -> left.add(record.length))) {
                assertThat(left).containsExactly(1000, 2000, 3000);
            }
        }
    }
}
