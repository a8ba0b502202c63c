// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventRange;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * The events of one day. The ingest thread adds; any thread searches what was there at the last
 * refresh.
 */
final class DayIndex implements Closeable {
    private final String name;
    private final Path folder;
    private final long firstNs;
    private final long lastNs;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final LuceneFields fields = new LuceneFields();

    /** Added since the ingest thread last refreshed: searches do not see them yet. */
    private final Set<EventId> unseen = new HashSet<>();

    private boolean dirty;

    /**
     * @param firstNs no event of it is before, ns since the epoch
     * @param lastNs no event of it is after
     */
    DayIndex(String name, Path folder, long firstNs, long lastNs) throws IOException {
        this.name = name;
        this.folder = folder;
        this.firstNs = firstNs;
        this.lastNs = lastNs;
        Files.createDirectories(folder);
        this.directory = FSDirectory.open(folder);
        this.writer = new IndexWriter(directory, IndexFiles.config());
        try {
            this.searchers = new SearcherManager(writer, new SearcherFactory());
        } catch (IOException | RuntimeException e) {
            // Else nobody can open it again.
            writer.rollback();
            throw e;
        }
    }

    /**
     * The same index as it was last made durable, in the place of this one, which ends. Searches
     * find this one until then. The ingest thread only.
     */
    DayIndex reopened() throws IOException {
        writer.rollback();
        DayIndex fresh = new DayIndex(name, folder, firstNs, lastNs);
        searchers.close();
        directory.close();
        return fresh;
    }

    String name() {
        return name;
    }

    Path folder() {
        return folder;
    }

    /** Whether every event of it happened within a range, whatever it is like. */
    boolean isWithin(EventRange range) {
        return range.fromNs() <= firstNs && range.toNs() >= lastNs;
    }

    /** Those of some ids that it has. The ingest thread only. */
    Set<EventId> known(Collection<EventId> ids) throws IOException {
        Set<EventId> known = new HashSet<>();
        TreeSet<EventId> open = new TreeSet<>();
        for (EventId id : ids) {
            (unseen.contains(id) ? known : open).add(id);
        }
        IndexSearcher searcher = searchers.acquire();
        try {
            for (LeafReaderContext leaf : searcher.getLeafContexts()) {
                Terms terms = leaf.reader().terms(LuceneFields.ID);
                if (terms != null && !open.isEmpty()) {
                    look(terms, open, known);
                }
            }
        } finally {
            searchers.release(searcher);
        }
        return known;
    }

    private static void look(Terms terms, NavigableSet<EventId> open, Set<EventId> known)
            throws IOException {
        BytesRef max = terms.getMax();
        TermsEnum in = terms.iterator();
        for (EventId id : open) {
            BytesRef term = new BytesRef(id.toString());
            // Most events are newer than all that are there.
            if (max == null || term.compareTo(max) > 0) {
                return;
            }
            if (in.seekExact(term)) {
                known.add(id);
            }
        }
    }

    /**
     * The ingest thread only.
     *
     * @param arrivals gives each its place in the order of arrival
     */
    void add(List<Entry> entries, LongSupplier arrivals) throws IOException {
        dirty = true;
        for (Entry entry : entries) {
            writer.addDocument(document(entry, arrivals.getAsLong()));
            unseen.add(entry.id());
        }
    }

    private EventDocument document(Entry entry, long arrival) {
        return fields.document(entry.event(), entry.packed(), arrival);
    }

    /**
     * Puts an event in the place of the one of its id, also in the order of arrival. The ingest
     * thread only.
     *
     * @param arrivals gives it a place when it has none
     */
    void replace(Entry entry, LongSupplier arrivals) throws IOException {
        EventId id = entry.id();
        if (hides(id)) {
            settle();
        }
        OptionalLong place = search(searcher -> arrival(searcher, id));
        long arrival = place.isPresent() ? place.getAsLong() : arrivals.getAsLong();
        dirty = true;
        writer.updateDocument(new Term(LuceneFields.ID, id.toString()), document(entry, arrival));
        unseen.add(id);
    }

    /** Whether searches do not see the event, or how it is now. The ingest thread only. */
    boolean hides(EventId id) {
        return unseen.contains(id);
    }

    /** 0 for an event from before there was an order. */
    private static OptionalLong arrival(IndexSearcher searcher, EventId id) throws IOException {
        Sort sort = new Sort(new SortField(LuceneFields.ARRIVAL, SortField.Type.LONG));
        TopFieldDocs top = searcher.search(LuceneQueries.id(id), 1, sort);
        return top.scoreDocs.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of((Long) ((FieldDoc) top.scoreDocs[0]).fields[0]);
    }

    /** Shows searches what was added. The ingest thread only. */
    void settle() throws IOException {
        searchers.maybeRefreshBlocking();
        unseen.clear();
    }

    /** How many events searches do not see yet. The ingest thread only. */
    int unseen() {
        return unseen.size();
    }

    /** Makes it durable. The ingest thread only. */
    void commit() throws IOException {
        if (dirty) {
            writer.commit();
            dirty = false;
        }
    }

    /** Something that is asked of an index. */
    @FunctionalInterface
    interface Search<T> {
        T run(IndexSearcher searcher) throws IOException;
    }

    <T> T search(Search<T> search) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return search.run(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    /** The last place in the order of arrival that an event of it has; 0 for none. */
    long lastArrival() throws IOException {
        return search(
                searcher -> {
                    byte[] max =
                            PointValues.getMaxPackedValue(
                                    searcher.getIndexReader(), LuceneFields.ARRIVAL);
                    return max == null ? 0 : LongPoint.decodeDimension(max, 0);
                });
    }

    int events() {
        return writer.getDocStats().numDocs;
    }

    long bytes() throws IOException {
        return writer.ramBytesUsed() + IndexFiles.bytes(directory);
    }

    /**
     * Puts the files of what was last made durable into another folder, as links. They stay until
     * the next commit, which only the ingest thread makes. The ingest thread only.
     */
    void link(Path into) throws IOException {
        IndexFiles.link(directory, folder, into);
    }

    /** Removes it for good. */
    void delete() throws IOException {
        close();
        IndexFiles.delete(folder);
    }

    /** Without making anything durable: whoever wants that commits first. */
    @Override
    public void close() throws IOException {
        searchers.close();
        writer.rollback();
        directory.close();
    }
}
