// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names of the bits (or values) of one flags parameter, in printing order.
 *
 * @param id the table's id in {@code flag-sets.txt}
 * @param values name to value; iteration order is printing order
 */
public record FlagSet(String id, Map<String, Long> values) {
    public FlagSet {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
