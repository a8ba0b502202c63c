// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.query.Attributes;
import dev.torimono.collector.query.Words;
import dev.torimono.collector.store.StoredEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;

/** How an event lies in an index. */
final class LuceneFields {
    static final String ID = "_id";
    static final String TIME = "_time";
    static final String TIE = "_tie";
    static final String ARRIVAL = "_arrival";
    static final String BODY = "_body";
    static final String TEXT = "_text";

    /** Longer values are found by their beginning only; Lucene refuses terms above 32 KB. */
    static final int MAX_VALUE_CHARS = 2000;

    private static final String NUMBER = "#";
    private static final String KEYWORD = "=";

    /** Labels are the users' to invent; an index with endless many fields would break down. */
    private static final int MAX_ATTRIBUTES = 2000;

    private static final FieldType WORDS = words();

    private final Set<String> attributes = new LinkedHashSet<>();
    private long leftOut;

    static String keyword(String attribute) {
        return KEYWORD + attribute;
    }

    static String number(String attribute) {
        return NUMBER + attribute;
    }

    static String cut(String value) {
        return value.length() <= MAX_VALUE_CHARS ? value : value.substring(0, MAX_VALUE_CHARS);
    }

    /** Attributes that could not be indexed because there are too many different ones. */
    long leftOut() {
        return leftOut;
    }

    /**
     * The ingest thread only.
     *
     * @param arrival its place in the order of arrival; 0 for none
     */
    Document document(StoredEvent event, long arrival) {
        Document document = new Document();
        document.add(new StringField(ID, event.id().toString(), Field.Store.NO));
        document.add(new LongPoint(TIME, event.id().timeNs()));
        document.add(new NumericDocValuesField(TIME, event.id().timeNs()));
        document.add(new NumericDocValuesField(TIE, event.id().tie()));
        if (arrival > 0) {
            document.add(new LongPoint(ARRIVAL, arrival));
            document.add(new NumericDocValuesField(ARRIVAL, arrival));
        }
        document.add(new StoredField(BODY, Bodies.pack(event.body())));
        for (Map.Entry<String, List<String>> entry : event.attributes().entrySet()) {
            if (admit(entry.getKey())) {
                attribute(document, entry.getKey(), entry.getValue());
            }
        }
        for (String word : new LinkedHashSet<>(Words.of(event.text()))) {
            document.add(new Field(TEXT, word, WORDS));
        }
        return document;
    }

    private boolean admit(String attribute) {
        if (attributes.contains(attribute) || attributes.size() < MAX_ATTRIBUTES) {
            attributes.add(attribute);
            return true;
        }
        leftOut++;
        return false;
    }

    private static void attribute(Document document, String attribute, List<String> values) {
        boolean number = Attributes.type(attribute) == Attributes.Type.NUMBER;
        for (String value : new LinkedHashSet<>(values)) {
            document.add(new KeywordField(keyword(attribute), cut(value), Field.Store.NO));
            if (number) {
                number(document, attribute, value);
            }
        }
    }

    private static void number(Document document, String attribute, String value) {
        try {
            document.add(new LongPoint(number(attribute), Long.parseLong(value)));
        } catch (NumberFormatException e) {
            // Someone else's idea of a number: it is found as text, and by no comparison.
        }
    }

    private static FieldType words() {
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS);
        type.setOmitNorms(true);
        type.setTokenized(false);
        type.freeze();
        return type;
    }
}
