// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.store.EventGroup;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/**
 * Sums up what a search finds by the value of an attribute that has one value an event. Per segment
 * it works on numbers of values and looks the values up once at the end.
 */
final class Grouping extends SimpleCollector {
    private static final String SEVERITY = LuceneFields.keyword("severity");
    private static final String STATUS = LuceneFields.keyword("status");
    private static final int LEAST_SEVERE = 7;

    private final String field;
    private final Map<String, EventGroup> groups;
    private final Map<Long, Sum> sums = new HashMap<>();
    private SortedSetDocValues values = DocValues.emptySortedSet();
    private SortedSetDocValues severities = DocValues.emptySortedSet();
    private SortedSetDocValues statuses = DocValues.emptySortedSet();
    private NumericDocValues times = DocValues.emptyNumeric();

    /** Of one value in one segment. */
    private static final class Sum {
        private long count;
        private long firstNs = Long.MAX_VALUE;
        private long lastNs;
        private long severity = Long.MAX_VALUE;
        private final long[] byStatus;

        Sum(int statuses) {
            byStatus = new long[statuses];
        }
    }

    private Grouping(String attribute, Map<String, EventGroup> groups) {
        this.field = LuceneFields.keyword(attribute);
        this.groups = groups;
    }

    /** Adds what a query finds to groups. */
    static void search(
            IndexSearcher searcher, Query query, String attribute, Map<String, EventGroup> groups)
            throws IOException {
        searcher.search(
                query,
                new CollectorManager<Grouping, Map<String, EventGroup>>() {
                    @Override
                    public Grouping newCollector() {
                        return new Grouping(attribute, groups);
                    }

                    @Override
                    public Map<String, EventGroup> reduce(Collection<Grouping> all) {
                        // Without an executor they run one after another, into the same groups.
                        return groups;
                    }
                });
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
        values = DocValues.getSortedSet(context.reader(), field);
        severities = DocValues.getSortedSet(context.reader(), SEVERITY);
        statuses = DocValues.getSortedSet(context.reader(), STATUS);
        times = DocValues.getNumeric(context.reader(), LuceneFields.TIME);
    }

    @Override
    public void collect(int doc) throws IOException {
        if (!values.advanceExact(doc)) {
            return;
        }
        Sum sum =
                sums.computeIfAbsent(
                        values.nextOrd(), _ -> new Sum((int) statuses.getValueCount()));
        sum.count++;
        if (times.advanceExact(doc)) {
            sum.firstNs = Math.min(sum.firstNs, times.longValue());
            sum.lastNs = Math.max(sum.lastNs, times.longValue());
        }
        if (severities.advanceExact(doc)) {
            // One digit each, so their order is that of their numbers.
            sum.severity = Math.min(sum.severity, severities.nextOrd());
        }
        if (statuses.advanceExact(doc)) {
            sum.byStatus[(int) statuses.nextOrd()]++;
        }
    }

    /** Adds what a segment had; the search calls it after each. */
    @Override
    public void finish() throws IOException {
        for (Map.Entry<Long, Sum> entry : sums.entrySet()) {
            Sum sum = entry.getValue();
            Map<String, Long> byStatus = new HashMap<>();
            for (int ord = 0; ord < sum.byStatus.length; ord++) {
                if (sum.byStatus[ord] > 0) {
                    byStatus.put(statuses.lookupOrd(ord).utf8ToString(), sum.byStatus[ord]);
                }
            }
            EventGroup group =
                    new EventGroup(
                            values.lookupOrd(entry.getKey()).utf8ToString(),
                            sum.count,
                            sum.firstNs,
                            sum.lastNs,
                            severity(sum.severity),
                            byStatus);
            groups.merge(group.value(), group, EventGroup::with);
        }
        sums.clear();
    }

    private int severity(long ord) throws IOException {
        if (ord == Long.MAX_VALUE) {
            return LEAST_SEVERE;
        }
        String text = severities.lookupOrd(ord).utf8ToString();
        return text.matches("[0-7]") ? Integer.parseInt(text) : LEAST_SEVERE;
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
