// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.syntax.Span;

/**
 * Something about a condition or output that loads but is probably not meant.
 *
 * @param kind which of Falco's warnings it is
 * @param message for people
 * @param span where
 */
public record Warning(Kind kind, String message, Span span) {
    /** Falco's warning codes, as far as conditions and outputs raise them. */
    public enum Kind {
        LOAD_COMPILE_CONDITION,
        LOAD_UNSAFE_NA_CHECK,
        LOAD_DEPRECATED_ITEM
    }
}
