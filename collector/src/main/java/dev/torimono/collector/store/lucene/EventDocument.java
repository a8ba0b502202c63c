// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.query.Words;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;

/**
 * One event as Lucene takes it in: its fields, and the words of its text. An event has some two
 * hundred words; they lie in one array and share one field object, which is each of them in turn.
 * One thread, for one event after another.
 */
final class EventDocument implements Iterable<IndexableField> {
    private static final int MAX_UTF8_BYTES = 3;

    private final List<IndexableField> fields = new ArrayList<>();
    private final BytesRef word = new BytesRef();
    private final IndexableField wordField;
    private byte[] words = new byte[4096];
    private int[] ends = new int[512];
    private int count;

    /**
     * @param text name of the field of words
     */
    EventDocument(String text) {
        this.wordField = new StringField(text, word, Field.Store.NO);
    }

    void clear() {
        fields.clear();
        count = 0;
    }

    void add(IndexableField field) {
        fields.add(field);
    }

    /** Adds the words of a text. */
    void text(String text) {
        Words.each(text, this::word);
    }

    private void word(char[] characters, int length) {
        int at = begin(count);
        words = ArrayUtil.grow(words, at + MAX_UTF8_BYTES * length);
        ends = ArrayUtil.grow(ends, count + 1);
        for (int i = 0; i < length; i++) {
            at = utf8(characters[i], at);
        }
        ends[count++] = at;
    }

    /** Of letters and digits: none is half of a pair. Returns where the next one goes. */
    private int utf8(char c, int at) {
        if (c < 0x80) {
            words[at] = (byte) c;
            return at + 1;
        }
        if (c < 0x800) {
            words[at] = (byte) (0xc0 | (c >> 6));
            words[at + 1] = (byte) (0x80 | (c & 0x3f));
            return at + 2;
        }
        words[at] = (byte) (0xe0 | (c >> 12));
        words[at + 1] = (byte) (0x80 | ((c >> 6) & 0x3f));
        words[at + 2] = (byte) (0x80 | (c & 0x3f));
        return at + MAX_UTF8_BYTES;
    }

    private int begin(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    @Override
    public Iterator<IndexableField> iterator() {
        return new Iterator<>() {
            private final Iterator<IndexableField> rest = fields.iterator();
            private int next;

            @Override
            public boolean hasNext() {
                return rest.hasNext() || next < count;
            }

            @Override
            public IndexableField next() {
                if (rest.hasNext()) {
                    return rest.next();
                }
                if (next >= count) {
                    throw new NoSuchElementException();
                }
                word.bytes = words;
                word.offset = begin(next);
                word.length = ends[next] - word.offset;
                next++;
                return wordField;
            }
        };
    }
}
