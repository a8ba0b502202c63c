// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * A source with what type checks need to know of it.
 *
 * @param source where the value comes from
 * @param type type of the value, or of the list's elements
 * @param list whether it is a list
 * @param field the field that stands there itself, without a transformer; null otherwise
 * @param text as written, for messages
 */
record TypedSource(
        Source source, FieldType type, boolean list, @Nullable Field field, String text) {
    boolean isText() {
        return switch (type) {
            case CHARBUF, FSPATH, FSRELPATH -> true;
            default -> false;
        };
    }

    boolean isNamed(String name) {
        return field != null && field.name().equals(name);
    }
}
