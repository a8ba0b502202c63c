// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.collector.query.Words;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexableField;
import org.junit.jupiter.api.Test;

/** What Lucene is given of an event whose words share one field. */
final class EventDocumentTest {
    private final EventDocument document = new EventDocument("text");

    /** As Lucene does: each value is taken before the next is asked for. */
    private List<String> words() {
        List<String> words = new ArrayList<>();
        for (IndexableField field : document) {
            if (field.name().equals("text")) {
                words.add(field.binaryValue().utf8ToString());
            }
        }
        return words;
    }

    @Test
    void wordsOfAllScriptsAreThoseThatASearchAsksFor() {
        String text = "Übergröße 日本語 naïve ÉCOLE \ud835\udd18nicode a.b/c_1 " + "x".repeat(99);
        document.text(text);
        assertThat(words()).isEqualTo(Words.of(text)).contains("übergröße", "日本語", "nicode");
    }

    @Test
    void luceneGoesThroughItTwiceAndNothingIsLeftForTheNextEvent() {
        document.add(new StringField("id", "1", Field.Store.NO));
        document.text("one two ".repeat(1000));
        assertThat(words()).hasSize(2000).isEqualTo(words());
        document.clear();
        document.text("three");
        assertThat(words()).containsExactly("three");
        assertThat(document).hasSize(1);
    }

    @Test
    void whatHasNoWordsHasAnEnd() {
        document.text(" -- \t");
        Iterator<IndexableField> fields = document.iterator();
        assertThat(fields.hasNext()).isFalse();
        assertThatThrownBy(fields::next).isInstanceOf(NoSuchElementException.class);
    }
}
