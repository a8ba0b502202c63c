// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.resolve;

import dev.torimono.rules.read.Passage;
import dev.torimono.rules.read.Place;
import dev.torimono.rules.syntax.Span;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives every parsed text its own range of positions, so that a span anywhere in a condition,
 * macros included, leads back to its file.
 */
public final class SpanMap {
    private final TreeMap<Integer, Passage> passages = new TreeMap<>();
    private int next;

    /** The first position of a passage from now on. */
    public int add(Passage passage) {
        int base = next;
        passages.put(base, passage);
        next += passage.text().length() + 1;
        return base;
    }

    /** Where a span starts; the other place when it is unknown. */
    public Place at(@Nullable Span span, Place otherwise) {
        Map.Entry<Integer, Passage> found = span == null ? null : passages.floorEntry(span.start());
        return span == null || found == null
                ? otherwise
                : found.getValue().at(span.start() - found.getKey());
    }
}
