// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import org.jspecify.annotations.Nullable;

/**
 * A field with its argument bound; equal uses read equal values.
 *
 * @param field the field
 * @param argument the argument without brackets or leading dot; null without one
 * @param dotted whether it was written {@code .name}
 */
public record FieldUse(Field field, @Nullable String argument, boolean dotted) {

    /** As written in rules and as key of output fields. */
    public String text() {
        if (argument == null) {
            return field.name();
        }
        return dotted ? field.name() + "." + argument : field.name() + "[" + argument + "]";
    }

    @Override
    public String toString() {
        return text();
    }
}
