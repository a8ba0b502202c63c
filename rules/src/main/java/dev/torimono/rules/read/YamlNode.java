// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A YAML value. Scalars stay text: the rule language decides what they mean. */
public sealed interface YamlNode {
    Place at();

    /** Nothing, {@code ~} or {@code null} unquoted. */
    record Null(Place at) implements YamlNode {}

    /**
     * A scalar.
     *
     * @param text its text, quotes and folding resolved
     * @param style how it was written
     */
    record Scalar(String text, Style style, Place at) implements YamlNode {

        /** Where a character of the text stands in the file. */
        public Place at(int index) {
            return new Place(at.source(), ScalarTrace.offset(this, index));
        }
    }

    /** How a scalar was written. */
    enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        /** Literal or folded. */
        BLOCK
    }

    record Sequence(List<YamlNode> items, Place at) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    record Mapping(List<Entry> entries, Place at) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The value of the first key of that text; null when there is none. */
        public @Nullable YamlNode get(String key) {
            for (Entry entry : entries) {
                if (entry.key() instanceof Scalar scalar && scalar.text().equals(key)) {
                    return entry.value();
                }
            }
            return null;
        }

        public boolean has(String key) {
            return get(key) != null;
        }
    }

    record Entry(YamlNode key, YamlNode value) {}
}
