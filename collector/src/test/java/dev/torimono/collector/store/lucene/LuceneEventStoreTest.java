// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import static dev.torimono.collector.store.Sample.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.event.EventCodec;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Triage;
import dev.torimono.collector.query.Filter;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.EventStoreContract;
import dev.torimono.collector.store.Retention;
import dev.torimono.collector.store.Sample;
import dev.torimono.collector.store.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store keeps the contract, and what it acknowledged over crashes. */
final class LuceneEventStoreTest extends EventStoreContract {
    private static final Instant NOW = Sample.T0.plusSeconds(3 * 86_400);

    @TempDir private Path folder = Path.of("");

    @Override
    protected EventStore open() {
        return open(folder);
    }

    private static LuceneEventStore open(Path folder) {
        return new LuceneEventStore(
                new LuceneEventStore.Settings(folder, 0, 10_000), EventCodec::stored, () -> NOW);
    }

    private static List<StoredEvent> some(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> event("r" + i, i * 1000L)).toList();
    }

    /** What the disk would hold if the process were killed now. */
    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted().toList()) {
                if (!file.endsWith("write.lock")) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
            }
        }
        return to;
    }

    @Test
    void whatWasAcknowledgedIsThereAfterACrash(@TempDir Path place) throws IOException {
        Path crashed;
        try (LuceneEventStore store = open(place.resolve("a"))) {
            store.append(some(0, 50));
            crashed = copy(place.resolve("a"), place.resolve("b"));
        }
        try (LuceneEventStore store = open(crashed)) {
            assertThat(store.count(EventRange.ALL)).isEqualTo(50);
            assertThat(store.append(some(40, 60))).isEqualTo(10);
        }
    }

    @Test
    void whoReadsOnAfterACrashMissesNothing(@TempDir Path place) throws IOException {
        Path crashed;
        long seen;
        try (LuceneEventStore store = open(place.resolve("a"))) {
            store.append(some(0, 5));
            seen = store.arrived(0, Filter.ALL, 3).upTo();
            crashed = copy(place.resolve("a"), place.resolve("b"));
        }
        LuceneEventStore.Settings settings =
                new LuceneEventStore.Settings(crashed, 0, 10_000, Long.MAX_VALUE / 2);
        try (LuceneEventStore store =
                new LuceneEventStore(settings, EventCodec::stored, InstantSource.system())) {
            assertThat(store.arrivedAfter(seen, Filter.ALL)).isGreaterThanOrEqualTo(2);
            long end = store.arrivals();
            assertThat(end).isGreaterThan(Long.MAX_VALUE / 2);
            store.append(some(5, 6));
            assertThat(store.arrived(end, Filter.ALL, 9).events()).hasSize(1);
        }
        try (LuceneEventStore store =
                new LuceneEventStore(
                        new LuceneEventStore.Settings(crashed, 0, 10_000),
                        EventCodec::stored,
                        InstantSource.system())) {
            assertThat(store.arrivals()).isGreaterThan(Long.MAX_VALUE / 2);
        }
    }

    @Test
    void aRecordThatACrashCutEndsTheJournal(@TempDir Path place) throws IOException {
        Path crashed;
        try (LuceneEventStore store = open(place.resolve("a"))) {
            store.append(some(0, 3));
            crashed = copy(place.resolve("a"), place.resolve("b"));
        }
        try (Stream<Path> journals = Files.list(crashed.resolve("journal"))) {
            Path journal = journals.sorted().toList().getLast();
            Files.write(journal, new byte[] {0, 0, 1, 0, 9, 9, 9, 9, 1}, StandardOpenOption.APPEND);
        }
        try (LuceneEventStore store = open(crashed)) {
            assertThat(store.count(EventRange.ALL)).isEqualTo(3);
        }
    }

    @Test
    void whatIsKeptIsShownWithoutBeingAskedFor(@TempDir Path place) throws Exception {
        LuceneEventStore.Settings settings = new LuceneEventStore.Settings(place, 200, 10_000);
        try (LuceneEventStore store =
                new LuceneEventStore(settings, EventCodec::stored, () -> NOW)) {
            assertThat(store.append(List.of(event("a", 1)))).isEqualTo(1);
            assertThat(store.append(List.of(event("a", 1))))
                    .as("known before it is shown")
                    .isZero();
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (store.count(EventRange.ALL) == 0) {
                assertThat(System.nanoTime() - endNs).isNegative();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(store.arrived(0, Filter.ALL, 9).events()).hasSize(1);
        }
    }

    @Test
    void changesThatComeTogetherAreMadeOnTopOfEachOther(@TempDir Path place) throws Exception {
        StoredEvent event = event("a", 1);
        try (LuceneEventStore store = open(place);
                var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            store.append(List.of(event));
            List<java.util.concurrent.Future<EventStore.Changed>> all =
                    IntStream.range(0, 40)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () ->
                                                            store.change(
                                                                    List.of(event.id()),
                                                                    body -> commented(body, i))))
                            .toList();
            for (var each : all) {
                assertThat(each.get()).isEqualTo(new EventStore.Changed(1, 0));
            }
            var kept = Json.object(store.byId(event.id()).orElseThrow());
            assertThat(kept.at("/state/comments")).hasSize(40);
            assertThat(kept.path("revision").asInt()).isEqualTo(40);
            assertThat(store.count(EventRange.ALL)).isEqualTo(1);
        }
    }

    private static @org.jspecify.annotations.Nullable StoredEvent commented(byte[] body, int i) {
        return Triage.commented(body, new Triage.Author("a" + i, i), "comment " + i);
    }

    /** The journal held JSON as it is, once. */
    @Test
    void theJournalOfAnEarlierVersionIsReadBack(@TempDir Path place) throws IOException {
        byte[] json = event("earlier", 7).body();
        java.util.zip.CRC32C checksum = new java.util.zip.CRC32C();
        checksum.update(json);
        Files.createDirectories(place.resolve("journal"));
        Files.write(
                place.resolve("journal/0000000000000004.log"),
                java.nio.ByteBuffer.allocate(8 + json.length)
                        .putInt(json.length)
                        .putInt((int) checksum.getValue())
                        .put(json)
                        .array());
        try (LuceneEventStore store = open(place)) {
            assertThat(store.byId(event("earlier", 7).id())).hasValue(json);
            assertThat(store.append(List.of(event("earlier", 7)))).isZero();
        }
    }

    /** Its indexes had the JSON in a stored field, and the event's id as one more attribute. */
    @Test
    void theIndexOfAnEarlierVersionGoesOn(@TempDir Path place) throws IOException {
        StoredEvent old = event("earlier", 7);
        try (var directory =
                        org.apache.lucene.store.FSDirectory.open(
                                Files.createDirectories(place.resolve("events/2026-11-25")));
                var writer =
                        new org.apache.lucene.index.IndexWriter(
                                directory, new org.apache.lucene.index.IndexWriterConfig())) {
            writer.addDocument(EarlierDocument.of(old));
        }
        try (LuceneEventStore store = open(place)) {
            store.append(List.of(event("later", 8)));
            assertThat(store.byId(old.id())).hasValue(old.body());
            assertThat(store.append(List.of(old))).isZero();
            for (String filter :
                    List.of(
                            "id = \"" + old.id() + "\"",
                            "ruleName = earlier",
                            "freeText = \"shad bash\" and not ruleName = later")) {
                EventRange range =
                        new EventRange(
                                0,
                                Long.MAX_VALUE,
                                dev.torimono.collector.query.FilterParser.parse(filter));
                assertThat(store.count(range)).as(filter).isEqualTo(1);
            }
            assertThat(store.counts(EventRange.ALL, "ruleName", 9))
                    .containsOnlyKeys("earlier", "later");
            assertThat(store.arrived(0, Filter.ALL, 9).events()).hasSize(2);
        }
    }

    @Test
    void aCleanEndLeavesNoJournalToReplay(@TempDir Path place) throws IOException {
        try (LuceneEventStore store = open(place)) {
            store.append(some(0, 3));
        }
        try (Stream<Path> journals = Files.list(place.resolve("journal"))) {
            assertThat(journals.toList())
                    .singleElement()
                    .matches(file -> file.toFile().length() == 0);
        }
        try (LuceneEventStore store = open(place)) {
            assertThat(store.count(EventRange.ALL)).isEqualTo(3);
        }
    }

    @Test
    void wrongClocksMakeOneIndex(@TempDir Path place) throws IOException {
        try (LuceneEventStore store = open(place)) {
            store.append(
                    IntStream.range(-20, 20)
                            .mapToObj(year -> event("r", year * 366L * 86_400))
                            .filter(event -> event.id().timeNs() > 0)
                            .toList());
            assertThat(store.health().days()).isLessThan(5);
            assertThat(store.count(EventRange.ALL)).isEqualTo(40);
        }
    }

    @Test
    void theOldestDaysGoWhenThereIsTooMuch(@TempDir Path place) {
        try (LuceneEventStore store = open(place)) {
            store.append(List.of(event("old", 0), event("young", 2 * 86_400)));
            long gone = store.expire(new Retention(TimeUnit.DAYS.toNanos(900), 1), Sample.ns(0));
            assertThat(gone).isEqualTo(1);
            assertThat(store.counts(EventRange.ALL, "ruleName", 9)).containsOnlyKeys("young");
        }
    }
}
