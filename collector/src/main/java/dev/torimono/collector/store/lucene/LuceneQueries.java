// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.query.Filter;
import dev.torimono.collector.query.Words;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.EventStore.Direction;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/** Filters and ranges as Lucene's queries; what they find is what the filters mean. */
final class LuceneQueries {
    /** Bounds what a hostile search text can cost. */
    private static final int MAX_WORK = 100_000;

    private LuceneQueries() {}

    /**
     * Events of a range within a day's index: the same for a day that lies within it as a whole.
     */
    static Query of(EventRange range, DayIndex day) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(of(range.filter()), Occur.FILTER);
        if (!day.isWithin(range)) {
            all.add(time(range.fromNs(), range.toNs()), Occur.FILTER);
        }
        return all.build();
    }

    /** Those beyond a cursor. */
    static Query beyond(Query query, EventId cursor, Direction direction) {
        boolean older = direction == Direction.OLDER;
        long at = cursor.timeNs();
        Query tie =
                older
                        ? ties(0, cursor.tie() - 1)
                        : ties(
                                Math.addExact(Math.min(cursor.tie(), Long.MAX_VALUE - 1), 1),
                                Long.MAX_VALUE);
        Query sameMoment =
                new BooleanQuery.Builder()
                        .add(time(at, at), Occur.FILTER)
                        .add(tie, Occur.FILTER)
                        .build();
        Query rest =
                older
                        ? time(0, Math.max(at, 1) - 1)
                        : time(Math.min(at, Long.MAX_VALUE - 1) + 1, Long.MAX_VALUE);
        Query place =
                new BooleanQuery.Builder()
                        .add(rest, Occur.SHOULD)
                        .add(sameMoment, Occur.SHOULD)
                        .build();
        return new BooleanQuery.Builder().add(query, Occur.FILTER).add(place, Occur.FILTER).build();
    }

    static Query id(EventId id) {
        return new TermQuery(new Term(LuceneFields.ID, id.toString()));
    }

    /** Those whose place in the order of arrival is after one and not after another. */
    static Query arrived(long after, long upTo, Filter filter) {
        return new BooleanQuery.Builder()
                .add(of(filter), Occur.FILTER)
                .add(
                        new IndexOrDocValuesQuery(
                                LongPoint.newRangeQuery(LuceneFields.ARRIVAL, after + 1, upTo),
                                NumericDocValuesField.newSlowRangeQuery(
                                        LuceneFields.ARRIVAL, after + 1, upTo)),
                        Occur.FILTER)
                .build();
    }

    private static Query time(long fromNs, long toNs) {
        return new IndexOrDocValuesQuery(
                LongPoint.newRangeQuery(LuceneFields.TIME, fromNs, toNs),
                NumericDocValuesField.newSlowRangeQuery(LuceneFields.TIME, fromNs, toNs));
    }

    private static Query ties(long min, long max) {
        return NumericDocValuesField.newSlowRangeQuery(LuceneFields.TIE, min, max);
    }

    static Query of(Filter filter) {
        return switch (filter) {
            case Filter.And and -> and(and.parts());
            case Filter.Or or -> or(or.parts());
            case Filter.Not not ->
                    new BooleanQuery.Builder()
                            .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
                            .add(of(not.part()), Occur.MUST_NOT)
                            .build();
            case Filter.In in -> in(in);
            case Filter.Contains part ->
                    pattern(part.attribute(), Automata.makeAnyString(), part.part());
            case Filter.StartsWith start ->
                    pattern(start.attribute(), Automata.makeEmptyString(), start.prefix());
            case Filter.Exists exists ->
                    LuceneFields.isOwnId(exists.attribute())
                            ? MatchAllDocsQuery.INSTANCE
                            : new FieldExistsQuery(LuceneFields.keyword(exists.attribute()));
            case Filter.Between between ->
                    LongPoint.newRangeQuery(
                            LuceneFields.number(between.attribute()), between.min(), between.max());
            case Filter.FreeText text ->
                    join(
                            Words.of(text.words()).stream()
                                    .<Query>map(LuceneQueries::word)
                                    .toList(),
                            Occur.FILTER);
        };
    }

    private static Query word(String word) {
        return new PrefixQuery(new Term(LuceneFields.TEXT, word));
    }

    private static Query and(List<Filter> parts) {
        return join(parts.stream().map(LuceneQueries::of).toList(), Occur.FILTER);
    }

    private static Query or(List<Filter> parts) {
        return join(parts.stream().map(LuceneQueries::of).toList(), Occur.SHOULD);
    }

    private static Query join(List<Query> parts, Occur occur) {
        if (parts.isEmpty()) {
            return MatchAllDocsQuery.INSTANCE;
        }
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        parts.forEach(part -> builder.add(part, occur));
        return builder.build();
    }

    private static Query in(Filter.In in) {
        List<BytesRef> terms = new ArrayList<>();
        in.choices().forEach(choice -> terms.add(new BytesRef(LuceneFields.cut(choice))));
        String field = LuceneFields.term(in.attribute());
        return terms.size() == 1
                ? new TermQuery(new Term(field, terms.getFirst()))
                : new TermInSetQuery(field, terms);
    }

    private static Query pattern(String attribute, Automaton before, String text) {
        if (text.length() > LuceneFields.MAX_VALUE_CHARS) {
            return new MatchNoDocsQuery("no value is that long");
        }
        List<Automaton> parts = new ArrayList<>();
        parts.add(before);
        text.codePoints().mapToObj(LuceneQueries::inAnyCase).forEach(parts::add);
        parts.add(Automata.makeAnyString());
        Automaton whole = Operations.determinize(Operations.concatenate(parts), MAX_WORK);
        return new AutomatonQuery(new Term(LuceneFields.term(attribute), text), whole);
    }

    private static Automaton inAnyCase(int codePoint) {
        boolean letter = codePoint < 128 && Character.isLetter(codePoint);
        return letter
                ? Operations.union(
                        List.of(
                                Automata.makeChar(Character.toLowerCase(codePoint)),
                                Automata.makeChar(Character.toUpperCase(codePoint))))
                : Automata.makeChar(codePoint);
    }
}
