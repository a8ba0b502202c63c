// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.query.Filter;
import dev.torimono.collector.store.ArrivalPage;
import dev.torimono.collector.store.EventGroup;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventPage;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.EventStore.Direction;
import dev.torimono.collector.store.Found;
import dev.torimono.collector.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Finds events in the indexes of many days. Any thread. */
final class LuceneSearch {
    private static final int REMEMBERED = 1000;

    private final DayIndexes days;

    /** Of days that do not change any more a feed asks the same every few seconds. */
    private final Map<Counted, Long> counted =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(64, 0.75f, true) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Counted, Long> eldest) {
                            return size() > REMEMBERED;
                        }
                    });

    /** What was counted, in which view of a day: another one when anything has changed. */
    private record Counted(IndexReader.CacheKey view, Query query) {}

    LuceneSearch(DayIndexes days) {
        this.days = days;
    }

    EventPage find(EventRange range, @Nullable EventId cursor, Direction direction, int limit) {
        boolean newestFirst = cursor == null || direction == Direction.OLDER;
        List<Found> found = new ArrayList<>();
        long total = 0;
        List<DayIndex> within = days.within(range);
        List<DayIndex> inOrder = newestFirst ? within : reversed(within);
        for (DayIndex day : inOrder) {
            Query query = LuceneQueries.of(range, day);
            Query wanted = cursor == null ? query : LuceneQueries.beyond(query, cursor, direction);
            total += count(day, query);
            // The undated index has no place in the order of days.
            if (found.size() <= limit || day == within.getLast() || day == within.getFirst()) {
                found.addAll(ask(day, searcher -> top(searcher, wanted, newestFirst, limit + 1)));
            }
        }
        Comparator<Found> order = Comparator.comparing(Found::id);
        found.sort(newestFirst ? order.reversed() : order);
        boolean more = found.size() > limit;
        List<Found> page = new ArrayList<>(more ? found.subList(0, limit) : found);
        page.sort(order.reversed());
        return new EventPage(page, total, more);
    }

    private static List<DayIndex> reversed(List<DayIndex> list) {
        return list.reversed();
    }

    Optional<byte[]> byId(EventId id) {
        EventRange moment = new EventRange(id.timeNs(), id.timeNs(), Filter.ALL);
        for (DayIndex day : days.within(moment)) {
            Optional<byte[]> body = ask(day, searcher -> body(searcher, id));
            if (body.isPresent()) {
                return body;
            }
        }
        return Optional.empty();
    }

    private record Arrival(long at, Found event) {}

    /**
     * @param upTo searches see everything up to here
     */
    ArrivalPage arrived(long after, long upTo, Filter filter, int limit) {
        if (upTo <= after) {
            return new ArrivalPage(List.of(), after);
        }
        Query query = LuceneQueries.arrived(after, upTo, filter);
        List<Arrival> arrived = new ArrayList<>();
        for (DayIndex day : days.all()) {
            arrived.addAll(ask(day, searcher -> earliest(searcher, query, limit)));
        }
        arrived.sort(Comparator.comparingLong(Arrival::at));
        boolean full = arrived.size() >= limit;
        List<Arrival> page = full ? arrived.subList(0, limit) : arrived;
        return new ArrivalPage(
                page.stream().map(Arrival::event).toList(), full ? page.getLast().at() : upTo);
    }

    long arrivedAfter(long after, Filter filter) {
        Query query = LuceneQueries.arrived(after, Long.MAX_VALUE, filter);
        long sum = 0;
        for (DayIndex day : days.all()) {
            sum += ask(day, searcher -> searcher.count(query));
        }
        return sum;
    }

    private static List<Arrival> earliest(IndexSearcher searcher, Query query, int limit)
            throws IOException {
        Sort sort =
                new Sort(
                        new SortField(LuceneFields.ARRIVAL, SortField.Type.LONG),
                        new SortField(LuceneFields.TIME, SortField.Type.LONG),
                        new SortField(LuceneFields.TIE, SortField.Type.LONG));
        TopDocs top =
                searcher.search(query, new TopFieldCollectorManager(sort, limit, null, limit));
        List<Arrival> arrived = new ArrayList<>();
        for (ScoreDoc doc : top.scoreDocs) {
            Object[] fields = ((FieldDoc) doc).fields;
            EventId id = new EventId((Long) fields[1], (Long) fields[2]);
            arrived.add(new Arrival((Long) fields[0], new Found(id, body(searcher, doc.doc))));
        }
        return arrived;
    }

    static Optional<byte[]> body(IndexSearcher searcher, EventId id) throws IOException {
        TopDocs top = searcher.search(LuceneQueries.id(id), 1);
        return top.scoreDocs.length == 0
                ? Optional.empty()
                : Optional.of(body(searcher, top.scoreDocs[0].doc));
    }

    long count(EventRange range) {
        long sum = 0;
        for (DayIndex day : days.within(range)) {
            sum += count(day, LuceneQueries.of(range, day));
        }
        return sum;
    }

    private long count(DayIndex day, Query query) {
        return ask(
                day,
                searcher -> {
                    IndexReader.CacheHelper view = searcher.getIndexReader().getReaderCacheHelper();
                    Counted what = new Counted(view.getKey(), query);
                    Long known = counted.get(what);
                    if (known == null) {
                        known = (long) searcher.count(query);
                        counted.put(what, known);
                    }
                    return known;
                });
    }

    Map<String, Long> counts(EventRange range, String attribute, int limit) {
        Map<Long, Map<String, Long>> tally = tally(range, attribute, Long.MAX_VALUE);
        Map<String, Long> top = new LinkedHashMap<>();
        tally.getOrDefault(0L, Map.of()).entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .forEach(entry -> top.put(entry.getKey(), entry.getValue()));
        return top;
    }

    SortedMap<Long, Map<String, Long>> histogram(EventRange range, long widthNs, String attribute) {
        return new TreeMap<>(tally(range, attribute, widthNs));
    }

    List<EventGroup> groups(EventRange range, String attribute) {
        Map<String, EventGroup> groups = new HashMap<>();
        for (DayIndex day : days.within(range)) {
            Query query = LuceneQueries.of(range, day);
            ask(
                    day,
                    searcher -> {
                        Grouping.search(searcher, query, attribute, groups);
                        return true;
                    });
        }
        return groups.values().stream().sorted(EventGroup.LATEST_FIRST).toList();
    }

    private Map<Long, Map<String, Long>> tally(EventRange range, String attribute, long widthNs) {
        Map<Long, Map<String, Long>> tally = new HashMap<>();
        for (DayIndex day : days.within(range)) {
            Query query = LuceneQueries.of(range, day);
            ask(
                    day,
                    searcher -> {
                        Tallying.search(searcher, query, attribute, widthNs, tally);
                        return true;
                    });
        }
        return tally;
    }

    private static List<Found> top(
            IndexSearcher searcher, Query query, boolean newestFirst, int limit)
            throws IOException {
        Sort sort =
                new Sort(
                        new SortField(LuceneFields.TIME, SortField.Type.LONG, newestFirst),
                        new SortField(LuceneFields.TIE, SortField.Type.LONG, newestFirst));
        TopDocs top =
                searcher.search(query, new TopFieldCollectorManager(sort, limit, null, limit));
        List<Found> found = new ArrayList<>();
        for (ScoreDoc doc : top.scoreDocs) {
            Object[] fields = ((FieldDoc) doc).fields;
            EventId id = new EventId((Long) fields[0], (Long) fields[1]);
            found.add(new Found(id, body(searcher, doc.doc)));
        }
        return found;
    }

    private static byte[] body(IndexSearcher searcher, int doc) throws IOException {
        List<LeafReaderContext> leaves = searcher.getLeafContexts();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        BinaryDocValues bodies = DocValues.getBinary(leaf.reader(), LuceneFields.BODY);
        BytesRef packed =
                bodies.advanceExact(doc - leaf.docBase)
                        ? bodies.binaryValue()
                        : searcher.storedFields()
                                .document(doc)
                                .getBinaryValue(LuceneFields.STORED_BODY);
        if (packed == null) {
            throw new StoreException("event store: an event has no body");
        }
        return Bodies.read(
                Arrays.copyOfRange(packed.bytes, packed.offset, packed.offset + packed.length));
    }

    /** Of what the ingest thread has shown: no search waits for what is being added. */
    private static <T> T ask(DayIndex day, DayIndex.Search<T> search) {
        try {
            return day.search(search);
        } catch (IOException e) {
            throw new StoreException("event store: " + day.name() + ": " + e.getMessage(), e);
        } catch (org.apache.lucene.store.AlreadyClosedException e) {
            throw new StoreException("event store: " + day.name() + " is being removed", e);
        }
    }
}
