// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a rule matched: which parts of its condition held.
 *
 * @param condition as written when it matched, before lists, macros and exceptions
 * @param parts what held, in the order of the condition
 * @param values of the fields of those parts, as outputs have them
 */
public record Grounds(String condition, List<Part> parts, Map<String, @Nullable Object> values) {
    public Grounds {
        parts = List.copyOf(parts);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * A part of the condition that held: a comparison, a {@code not}, or a macro.
     *
     * @param from its first character in the condition
     * @param to one past its last; the same as {@code from} when it has no place there
     * @param test what held of a macro, in words of conditions; empty where the condition itself
     *     says it
     */
    public record Part(int from, int to, String test) {}
}
