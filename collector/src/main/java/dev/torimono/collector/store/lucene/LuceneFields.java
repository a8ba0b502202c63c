// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.query.Attributes;
import dev.torimono.collector.store.StoredEvent;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;

/** How an event lies in an index. */
final class LuceneFields {
    static final String ID = "_id";
    static final String TIME = "_time";
    static final String TIE = "_tie";
    static final String ARRIVAL = "_arrival";
    static final String BODY = "_packed";

    /** Where indexes of earlier versions have it: compressed once more, and slower to read. */
    static final String STORED_BODY = "_body";

    static final String TEXT = "_text";

    /** Longer values are found by their beginning only; Lucene refuses terms above 32 KB. */
    static final int MAX_VALUE_CHARS = 2000;

    private static final String NUMBER = "#";
    private static final String KEYWORD = "=";

    /** Labels are the users' to invent; an index with endless many fields would break down. */
    private static final int MAX_ATTRIBUTES = 2000;

    /** Everybody's own name: the field {@link #ID} has it. */
    private static final String OWN_ID = "id";

    private final EventDocument document = new EventDocument(TEXT);
    private final Set<String> attributes = new HashSet<>();
    private long leftOut;

    /** The field in which values are counted; empty for the event's own name. */
    static String keyword(String attribute) {
        return KEYWORD + attribute;
    }

    /** The field in which a value is looked up. */
    static String term(String attribute) {
        return isOwnId(attribute) ? ID : KEYWORD + attribute;
    }

    /** Whether an attribute is the event's own name, which each has, and no two the same. */
    static boolean isOwnId(String attribute) {
        return attribute.equals(OWN_ID);
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
     * The ingest thread only; what it returns counts until the next call.
     *
     * @param packed its JSON, packed
     * @param arrival its place in the order of arrival; 0 for none
     */
    EventDocument document(StoredEvent event, byte[] packed, long arrival) {
        document.clear();
        document.add(new StringField(ID, event.id().toString(), Field.Store.NO));
        document.add(new LongPoint(TIME, event.id().timeNs()));
        document.add(new NumericDocValuesField(TIME, event.id().timeNs()));
        document.add(new NumericDocValuesField(TIE, event.id().tie()));
        if (arrival > 0) {
            document.add(new LongPoint(ARRIVAL, arrival));
            document.add(new NumericDocValuesField(ARRIVAL, arrival));
        }
        document.add(new BinaryDocValuesField(BODY, new BytesRef(packed)));
        for (Map.Entry<String, List<String>> entry : event.attributes().entrySet()) {
            if (!isOwnId(entry.getKey()) && admit(entry.getKey())) {
                attribute(document, entry.getKey(), entry.getValue());
            }
        }
        document.text(event.text());
        return document;
    }

    private boolean admit(String attribute) {
        if (attributes.contains(attribute)) {
            return true;
        }
        if (attributes.size() < MAX_ATTRIBUTES) {
            return attributes.add(attribute);
        }
        leftOut++;
        return false;
    }

    private static void attribute(EventDocument document, String attribute, List<String> values) {
        boolean number = Attributes.type(attribute) == Attributes.Type.NUMBER;
        for (String value : values.size() == 1 ? values : new LinkedHashSet<>(values)) {
            document.add(new KeywordField(keyword(attribute), cut(value), Field.Store.NO));
            if (number) {
                number(document, attribute, value);
            }
        }
    }

    private static void number(EventDocument document, String attribute, String value) {
        try {
            document.add(new LongPoint(number(attribute), Long.parseLong(value)));
        } catch (NumberFormatException e) {
            // Someone else's idea of a number: it is found as text, and by no comparison.
        }
    }
}
