// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes JSON objects member by member. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();
    private boolean first = true;

    JsonText open() {
        out.append('{');
        first = true;
        return this;
    }

    JsonText close() {
        out.append('}');
        first = false;
        return this;
    }

    /** Starts a member; its value must follow. */
    JsonText key(String key) {
        if (!first) {
            out.append(", ");
        }
        first = false;
        quote(key);
        out.append(": ");
        return this;
    }

    JsonText member(String key, @Nullable String value) {
        key(key);
        if (value == null) {
            out.append("null");
        } else {
            quote(value);
        }
        return this;
    }

    JsonText member(String key, long value) {
        key(key);
        out.append(value);
        return this;
    }

    JsonText member(String key, boolean value) {
        key(key);
        out.append(value);
        return this;
    }

    JsonText member(String key, Collection<String> values) {
        key(key);
        array(
                values,
                value -> {
                    quote(value);
                });
        return this;
    }

    /** Writes an array, each element by the given writer. */
    <T> JsonText array(Collection<T> values, java.util.function.Consumer<T> element) {
        out.append('[');
        String separator = "";
        for (T value : values) {
            out.append(separator);
            first = true;
            element.accept(value);
            separator = ", ";
        }
        out.append(']');
        first = false;
        return this;
    }

    private void quote(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c)) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
