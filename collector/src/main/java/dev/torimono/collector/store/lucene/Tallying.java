// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

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
 * Counts what a search finds, by stretch of time and by the value of an attribute. Per segment it
 * counts numbers of values and looks the values up once at the end.
 */
final class Tallying extends SimpleCollector {
    private final String field;
    private final long widthNs;
    private final Map<Long, Map<String, Long>> tally;
    private SortedSetDocValues values = DocValues.emptySortedSet();
    private NumericDocValues times = DocValues.emptyNumeric();
    private final Map<Long, long[]> ofSegment = new HashMap<>();

    /**
     * @param widthNs length of a stretch; {@link Long#MAX_VALUE} for one that holds everything
     * @param tally where to add to
     */
    private Tallying(String attribute, long widthNs, Map<Long, Map<String, Long>> tally) {
        this.field = LuceneFields.keyword(attribute);
        this.widthNs = widthNs;
        this.tally = tally;
    }

    /** Adds what a query finds to a tally. */
    static void search(
            IndexSearcher searcher,
            Query query,
            String attribute,
            long widthNs,
            Map<Long, Map<String, Long>> tally)
            throws IOException {
        searcher.search(
                query,
                new CollectorManager<Tallying, Map<Long, Map<String, Long>>>() {
                    @Override
                    public Tallying newCollector() {
                        return new Tallying(attribute, widthNs, tally);
                    }

                    @Override
                    public Map<Long, Map<String, Long>> reduce(Collection<Tallying> all) {
                        // Without an executor they run one after another, into the same tally.
                        return tally;
                    }
                });
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
        values = DocValues.getSortedSet(context.reader(), field);
        times = DocValues.getNumeric(context.reader(), LuceneFields.TIME);
    }

    @Override
    public void collect(int doc) throws IOException {
        if (!values.advanceExact(doc)) {
            return;
        }
        long stretch = 0;
        if (widthNs != Long.MAX_VALUE && times.advanceExact(doc)) {
            stretch = times.longValue() / widthNs * widthNs;
        }
        long[] counts =
                ofSegment.computeIfAbsent(stretch, _ -> new long[(int) values.getValueCount()]);
        for (int i = 0; i < values.docValueCount(); i++) {
            counts[(int) values.nextOrd()]++;
        }
    }

    /** Adds what a segment had; the search calls it after each. */
    @Override
    public void finish() throws IOException {
        for (Map.Entry<Long, long[]> entry : ofSegment.entrySet()) {
            Map<String, Long> into = tally.computeIfAbsent(entry.getKey(), _ -> new HashMap<>());
            long[] counts = entry.getValue();
            for (int ord = 0; ord < counts.length; ord++) {
                if (counts[ord] > 0) {
                    into.merge(values.lookupOrd(ord).utf8ToString(), counts[ord], Long::sum);
                }
            }
        }
        ofSegment.clear();
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
