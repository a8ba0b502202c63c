// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.write;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is to be written, whatever the syntax. */
public sealed interface Value {
    /**
     * Text.
     *
     * @param template whether {@code ${…}} in it is meant for Terraform
     */
    record Text(String text, boolean template) implements Value {}

    /** A number or a truth value. */
    record Literal(String text) implements Value {}

    record Many(List<Value> items) implements Value {}

    record Fields(Map<String, Value> fields) implements Value {}

    /** As it stands in the same text elsewhere, on one line. */
    record Raw(String text) implements Value {}

    /** What an expression of Terraform comes to, and a list behind that. */
    record Concat(String expression, Value list) implements Value {}

    static Value text(String text) {
        return new Text(text, false);
    }

    static Value many(Value... items) {
        return new Many(List.of(items));
    }

    static Value words(List<String> words) {
        return new Many(words.stream().map(Value::text).toList());
    }

    /** Keys and values in turn; they keep their order. */
    static Fields fields(Object... keysAndValues) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put((String) keysAndValues[i], (Value) keysAndValues[i + 1]);
        }
        return new Fields(fields);
    }
}
