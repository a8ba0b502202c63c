// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import com.github.luben.zstd.Zstd;
import dev.torimono.collector.query.Attributes;
import dev.torimono.collector.query.Words;
import dev.torimono.collector.store.StoredEvent;
import java.util.LinkedHashSet;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;

/** An event as the version before laid it into an index. */
final class EarlierDocument {
    private EarlierDocument() {}

    static Document of(StoredEvent event) {
        Document document = new Document();
        document.add(new StringField("_id", event.id().toString(), Field.Store.NO));
        document.add(new LongPoint("_time", event.id().timeNs()));
        document.add(new NumericDocValuesField("_time", event.id().timeNs()));
        document.add(new NumericDocValuesField("_tie", event.id().tie()));
        document.add(new LongPoint("_arrival", 1));
        document.add(new NumericDocValuesField("_arrival", 1));
        document.add(new StoredField("_body", Zstd.compress(event.body(), 3)));
        event.attributes()
                .forEach(
                        (name, values) -> {
                            for (String value : values) {
                                document.add(new KeywordField("=" + name, value, Field.Store.NO));
                                if (Attributes.type(name) == Attributes.Type.NUMBER) {
                                    document.add(new LongPoint("#" + name, Long.parseLong(value)));
                                }
                            }
                        });
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS);
        type.setOmitNorms(true);
        type.setTokenized(false);
        for (String word : new LinkedHashSet<>(Words.of(event.text()))) {
            document.add(new Field("_text", word, type));
        }
        return document;
    }
}
