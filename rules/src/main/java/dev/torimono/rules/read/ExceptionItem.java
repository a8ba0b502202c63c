// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One exception of a rule.
 *
 * @param name its name
 * @param fields one field or a list; null when absent
 * @param comps one comparison or a list; null when absent
 * @param values the rows
 * @param at where it is written
 */
public record ExceptionItem(
        String name, @Nullable Entry fields, @Nullable Entry comps, List<Entry> values, Place at) {

    /** One value or a list. */
    public sealed interface Entry {
        Place at();
    }

    public record One(YamlNode.Scalar scalar) implements Entry {
        public String text() {
            return scalar.text();
        }

        @Override
        public Place at() {
            return scalar.at();
        }
    }

    public record Many(List<Entry> entries, Place at) implements Entry {
        public Many {
            entries = List.copyOf(entries);
        }
    }

    public ExceptionItem {
        values = List.copyOf(values);
    }

    public ExceptionItem withComps(Entry replacement) {
        return new ExceptionItem(name, fields, replacement, values, at);
    }

    public ExceptionItem withMoreValues(List<Entry> more) {
        List<Entry> all = new ArrayList<>(values);
        all.addAll(more);
        return new ExceptionItem(name, fields, comps, all, at);
    }
}
