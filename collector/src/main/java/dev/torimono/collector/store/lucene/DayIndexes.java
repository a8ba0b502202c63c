// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.Retention;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of all days, newest last, and one for events whose time cannot be right: a clock that
 * is wrong must not make an index for each of its days.
 *
 * <pre>
 * events/2026-11-25/   an index
 * events/2026-11-26/
 * events/undated/      more than a day ahead, or from before the first day we keep
 * </pre>
 */
final class DayIndexes implements Closeable {
    private static final String UNDATED = "undated";
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    /** No day before it can be that of a live event. */
    private static final long FIRST_NS =
            TimeUnit.SECONDS.toNanos(LocalDate.of(2024, 1, 1).toEpochDay() * 86_400);

    private final Path folder;
    private final NavigableMap<Long, DayIndex> days = new ConcurrentSkipListMap<>();
    private volatile @Nullable DayIndex undated;

    DayIndexes(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.filter(Files::isDirectory).toList()) {
                open(String.valueOf(child.getFileName()));
            }
        }
    }

    private void open(String name) throws IOException {
        if (name.equals(UNDATED)) {
            undated = undated();
            return;
        }
        try {
            long day = LocalDate.parse(name).toEpochDay();
            days.put(day, dated(day));
        } catch (DateTimeParseException e) {
            // A folder of someone else.
        }
    }

    private DayIndex undated() throws IOException {
        return new DayIndex(UNDATED, folder.resolve(UNDATED), 0, Long.MAX_VALUE);
    }

    private DayIndex dated(long day) throws IOException {
        String name = LocalDate.ofEpochDay(day).toString();
        long firstNs = Math.multiplyExact(day, DAY_NS);
        return new DayIndex(name, folder.resolve(name), firstNs, firstNs + DAY_NS - 1);
    }

    /** Where an event belongs; made when it is the first of its day. The ingest thread only. */
    DayIndex of(EventId id, long nowNs) throws IOException {
        boolean plausible = id.timeNs() >= FIRST_NS && id.timeNs() <= nowNs + DAY_NS;
        if (!plausible) {
            DayIndex other = undated;
            if (other == null) {
                other = undated();
                undated = other;
            }
            return other;
        }
        long day = id.timeNs() / DAY_NS;
        DayIndex index = days.get(day);
        if (index == null) {
            index = dated(day);
            days.put(day, index);
        }
        return index;
    }

    /** Those that can have events of a range, newest first, the undated last. */
    List<DayIndex> within(EventRange range) {
        if (range.toNs() < range.fromNs()) {
            return List.of();
        }
        List<DayIndex> within =
                new ArrayList<>(
                        days.subMap(range.fromNs() / DAY_NS, true, range.toNs() / DAY_NS, true)
                                .descendingMap()
                                .values());
        DayIndex other = undated;
        if (other != null) {
            within.add(other);
        }
        return within;
    }

    List<DayIndex> all() {
        return within(EventRange.ALL);
    }

    /** Opens all anew, as they were last made durable. The ingest thread only. */
    void reopen() throws IOException {
        for (Map.Entry<Long, DayIndex> day : List.copyOf(days.entrySet())) {
            days.put(day.getKey(), day.getValue().reopened());
        }
        DayIndex other = undated;
        if (other != null) {
            undated = other.reopened();
        }
    }

    /** Removes what is too old, then the oldest while there is too much. Returns events removed. */
    long expire(Retention retention, long nowNs) throws IOException {
        long gone = 0;
        long firstKept = Math.max(0, nowNs - retention.maxAgeNs()) / DAY_NS;
        while (!days.isEmpty() && days.firstKey() < firstKept) {
            gone += drop(days.firstKey());
        }
        DayIndex other = undated;
        if (other != null && lastTouchedNs(other) < nowNs - retention.maxAgeNs()) {
            gone += other.events();
            undated = null;
            other.delete();
        }
        while (days.size() > 1 && bytes() > retention.maxBytes()) {
            gone += drop(days.firstKey());
        }
        return gone;
    }

    private long drop(long day) throws IOException {
        DayIndex index = days.remove(day);
        if (index == null) {
            return 0;
        }
        long events = index.events();
        index.delete();
        return events;
    }

    private static long lastTouchedNs(DayIndex index) throws IOException {
        Instant touched = Files.getLastModifiedTime(index.folder()).toInstant();
        return TimeUnit.SECONDS.toNanos(touched.getEpochSecond());
    }

    long bytes() throws IOException {
        long sum = 0;
        for (DayIndex index : all()) {
            sum += index.bytes();
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        for (DayIndex index : all()) {
            index.close();
        }
    }
}
