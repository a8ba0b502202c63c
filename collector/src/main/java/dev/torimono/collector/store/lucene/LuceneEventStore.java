// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.query.Filter;
import dev.torimono.collector.store.ArrivalPage;
import dev.torimono.collector.store.EventGroup;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventPage;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.Retention;
import dev.torimono.collector.store.StoreException;
import dev.torimono.collector.store.StoreHealth;
import dev.torimono.collector.store.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The embedded event store: a journal, an index a day, one thread that writes both. */
public final class LuceneEventStore implements EventStore {

    /**
     * How it is kept.
     *
     * @param folder where
     * @param refreshMs after what time searches see what was kept, in a burst twice that; 0 at once
     * @param queueEvents how many events may wait to be kept
     * @param arrivalsAfter places in the order of arrival that somebody has seen, whatever a crash
     *     took of the indexes or of the clock: new ones come after
     */
    public record Settings(Path folder, long refreshMs, int queueEvents, long arrivalsAfter) {
        public Settings(Path folder, long refreshMs, int queueEvents) {
            this(folder, refreshMs, queueEvents, 0);
        }

        /** The same when somebody has seen places up to that one. */
        Settings after(long arrival) {
            return new Settings(folder, refreshMs, queueEvents, Math.max(arrivalsAfter, arrival));
        }
    }

    private final Path folder;
    private final DayIndexes days;
    private final Ingest ingest;
    private final LuceneSearch search;

    /**
     * Opens it, and takes in what a crash left in the journal.
     *
     * @param reader makes an event of its JSON again
     * @throws StoreException when it cannot be opened
     */
    public LuceneEventStore(
            Settings settings, Function<byte[], StoredEvent> reader, InstantSource clock) {
        this.folder = settings.folder();
        Bodies.load();
        try {
            this.days = new DayIndexes(folder.resolve("events"));
            this.ingest = new Ingest(days, reader, clock, settings);
        } catch (IOException e) {
            throw new StoreException(folder + ": cannot be opened: " + e.getMessage(), e);
        }
        this.search = new LuceneSearch(days);
    }

    @Override
    public int append(List<StoredEvent> events) {
        return ingest.append(events);
    }

    @Override
    public Changed change(Collection<EventId> ids, Change change) {
        return ingest.change(ids, change);
    }

    @Override
    public EventPage find(
            EventRange range, @Nullable EventId cursor, Direction direction, int limit) {
        return search.find(range, cursor, direction, limit);
    }

    @Override
    public ArrivalPage arrived(long after, Filter filter, int limit) {
        // Read first: what is shown meanwhile comes with the next page.
        return search.arrived(after, ingest.arrivals(), filter, limit);
    }

    @Override
    public long arrivedAfter(long after, Filter filter) {
        return search.arrivedAfter(after, filter);
    }

    @Override
    public long arrivals() {
        return ingest.arrivals();
    }

    @Override
    public Optional<byte[]> byId(EventId id) {
        return search.byId(id);
    }

    @Override
    public long count(EventRange range) {
        return search.count(range);
    }

    @Override
    public Map<String, Long> counts(EventRange range, String attribute, int limit) {
        return search.counts(range, attribute, limit);
    }

    @Override
    public SortedMap<Long, Map<String, Long>> histogram(
            EventRange range, long widthNs, String attribute) {
        return search.histogram(range, widthNs, attribute);
    }

    /**
     * Puts what is kept now into a folder of the same file system, from which another store can be
     * opened. Takes no room of its own: files are linked.
     *
     * @return how many events
     */
    public long snapshot(Path into) {
        return ingest.snapshot(into);
    }

    @Override
    public List<EventGroup> groups(EventRange range, String attribute) {
        return search.groups(range, attribute);
    }

    @Override
    public long expire(Retention retention, long nowNs) {
        return ingest.expire(retention, nowNs);
    }

    @Override
    public StoreHealth health() {
        return new StoreHealth(
                ingest.trouble(),
                ingest.appended(),
                ingest.duplicates(),
                ingest.refused(),
                ingest.expired(),
                bytes(),
                days.all().size());
    }

    private long bytes() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(LuceneEventStore::size).sum();
        } catch (IOException | java.io.UncheckedIOException e) {
            // Merges remove files while we look.
            return -1;
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        ingest.close();
        try {
            days.close();
        } catch (IOException e) {
            throw new StoreException(folder + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
