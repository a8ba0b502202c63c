// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import dev.torimono.collector.query.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an event store does, as plainly as it can be said: others are compared with it. */
public final class MemoryEventStore implements EventStore {
    private final ConcurrentSkipListMap<EventId, StoredEvent> events =
            new ConcurrentSkipListMap<>();

    private final List<StoredEvent> inOrder = new ArrayList<>();

    @Override
    public synchronized int append(List<StoredEvent> batch) {
        List<StoredEvent> fresh =
                batch.stream()
                        .filter(event -> events.putIfAbsent(event.id(), event) == null)
                        .toList();
        inOrder.addAll(fresh);
        return fresh.size();
    }

    @Override
    public synchronized ArrivalPage arrived(long after, Filter filter, int limit) {
        List<Found> page = new ArrayList<>();
        int at = (int) after;
        while (at < inOrder.size() && page.size() < limit) {
            StoredEvent event = inOrder.get(at);
            at++;
            StoredEvent now = events.get(event.id());
            if (now != null && filter.matches(now)) {
                page.add(new Found(now.id(), now.body()));
            }
        }
        return new ArrivalPage(page, at);
    }

    @Override
    public long arrivedAfter(long after, Filter filter) {
        return arrived(after, filter, Integer.MAX_VALUE).events().size();
    }

    @Override
    public synchronized long arrivals() {
        return inOrder.size();
    }

    @Override
    public Changed change(Collection<EventId> ids, Change change) {
        int changed = 0;
        int missing = 0;
        for (EventId id : ids) {
            StoredEvent old = events.get(id);
            StoredEvent next = old == null ? null : change.of(old.body());
            missing += old == null ? 1 : 0;
            changed += next == null ? 0 : 1;
            if (next != null) {
                events.put(id, next);
            }
        }
        return new Changed(changed, missing);
    }

    private Stream<StoredEvent> in(EventRange range) {
        return events.descendingMap().values().stream().filter(range::contains);
    }

    @Override
    public EventPage find(
            EventRange range, @Nullable EventId cursor, Direction direction, int limit) {
        List<StoredEvent> all = new ArrayList<>(in(range).toList());
        long total = all.size();
        boolean older = cursor == null || direction == Direction.OLDER;
        if (cursor != null) {
            all.removeIf(
                    event ->
                            older == (event.id().compareTo(cursor) >= 0)
                                    || event.id().equals(cursor));
        }
        boolean more = all.size() > limit;
        List<StoredEvent> page =
                !more
                        ? all
                        : older
                                ? all.subList(0, limit)
                                : all.subList(all.size() - limit, all.size());
        return new EventPage(
                page.stream().map(event -> new Found(event.id(), event.body())).toList(),
                total,
                more);
    }

    @Override
    public Optional<byte[]> byId(EventId id) {
        return Optional.ofNullable(events.get(id)).map(StoredEvent::body);
    }

    @Override
    public long count(EventRange range) {
        return in(range).count();
    }

    @Override
    public Map<String, Long> counts(EventRange range, String attribute, int limit) {
        Map<String, Long> counts = new HashMap<>();
        in(range)
                .flatMap(event -> event.values(attribute).stream())
                .forEach(value -> counts.merge(value, 1L, Long::sum));
        Map<String, Long> top = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .forEach(entry -> top.put(entry.getKey(), entry.getValue()));
        return top;
    }

    @Override
    public SortedMap<Long, Map<String, Long>> histogram(
            EventRange range, long widthNs, String attribute) {
        SortedMap<Long, Map<String, Long>> histogram = new TreeMap<>();
        in(range)
                .forEach(
                        event ->
                                event.values(attribute)
                                        .forEach(
                                                value ->
                                                        histogram
                                                                .computeIfAbsent(
                                                                        event.id().timeNs()
                                                                                / widthNs
                                                                                * widthNs,
                                                                        _ -> new HashMap<>())
                                                                .merge(value, 1L, Long::sum)));
        return histogram;
    }

    @Override
    public List<EventGroup> groups(EventRange range, String attribute) {
        Map<String, EventGroup> groups = new HashMap<>();
        in(range)
                .forEach(
                        event ->
                                event.values(attribute)
                                        .forEach(
                                                value ->
                                                        groups.merge(
                                                                value,
                                                                group(value, event),
                                                                EventGroup::with)));
        return groups.values().stream().sorted(EventGroup.LATEST_FIRST).toList();
    }

    private static EventGroup group(String value, StoredEvent event) {
        Map<String, Long> statuses = new HashMap<>();
        event.values("status").forEach(status -> statuses.put(status, 1L));
        int severity = Integer.parseInt(event.values("severity").getFirst());
        long timeNs = event.id().timeNs();
        return new EventGroup(value, 1, timeNs, timeNs, severity, statuses);
    }

    @Override
    public long expire(Retention retention, long nowNs) {
        long dayNs = TimeUnit.DAYS.toNanos(1);
        long firstKept = (nowNs - retention.maxAgeNs()) / dayNs * dayNs;
        long before = events.size();
        events.headMap(new EventId(Math.max(firstKept, 0), 0)).clear();
        return before - events.size();
    }

    @Override
    public StoreHealth health() {
        return new StoreHealth("", events.size(), 0, 0, 0, 0, 1);
    }

    @Override
    public void close() {}
}
