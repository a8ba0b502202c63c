// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value in a definition, with where it stands in the text: {@code from} up to {@code to}. */
public sealed interface Node {
    int from();

    int to();

    /** Keys with values, in the order of the text. */
    record Mapping(int from, int to, Form form, List<Entry> entries) implements Node {
        public @Nullable Entry entry(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return entry;
                }
            }
            return null;
        }

        public @Nullable Node get(String key) {
            Entry entry = entry(key);
            return entry == null ? null : entry.value();
        }

        /** The text of a key's value, if it is plain text. */
        public @Nullable String text(String key) {
            return get(key) instanceof Scalar scalar ? scalar.value() : null;
        }
    }

    /**
     * One key with its value.
     *
     * @param from where the key begins
     */
    record Entry(int from, String key, Node value) {
        public int to() {
            return value.to();
        }
    }

    /** Values in order. */
    record Sequence(int from, int to, Form form, List<Item> items) implements Node {}

    /**
     * One value of a sequence.
     *
     * @param from where it begins: at its dash in a block
     */
    record Item(int from, Node value) {
        public int to() {
            return value.to();
        }
    }

    /** Text, a number, a truth value, or nothing at all where {@code value} is empty. */
    record Scalar(int from, int to, String value, boolean quoted) implements Node {
        /** Whether a key stands there without a value. */
        public boolean nothing() {
            return !quoted && (value.isEmpty() || value.equals("null") || value.equals("~"));
        }
    }

    /**
     * What only its own tool can tell the value of: a function, a reference, an alias, a template.
     *
     * @param what how it is called: {@code !Ref}, {@code jsonencode()}, {@code *alias}
     * @param inner what it is applied to, where that was read
     */
    record Opaque(int from, int to, String what, @Nullable Node inner) implements Node {}

    /** An error's words for what something is. */
    static String kind(Node node) {
        return switch (node) {
            case Mapping _ -> "a mapping";
            case Sequence _ -> "a list";
            case Scalar scalar -> scalar.nothing() ? "nothing" : "text";
            case Opaque opaque -> opaque.what();
        };
    }
}
