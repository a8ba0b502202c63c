// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.rules.syntax.Span;
import org.jspecify.annotations.Nullable;

/** A condition or output template that cannot be used; the root of this module's exceptions. */
public final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, as far as loading treats reasons differently. */
    public enum Kind {
        SYNTAX,
        /** Downgraded to a warning by {@code skip-if-unknown-filter}. */
        UNKNOWN_FIELD,
        /** Downgraded to a warning by {@code skip-if-unknown-filter}. */
        UNKNOWN_EVENT_TYPE,
        /**
         * An unusable token of an output; downgraded to a warning by {@code
         * skip-if-unknown-filter}.
         */
        UNKNOWN_OUTPUT_TOKEN,
        TYPE,
        VALUE
    }

    private final Kind kind;
    private final transient @Nullable Span span;

    public RuleException(Kind kind, String message, @Nullable Span span) {
        super(message);
        this.kind = kind;
        this.span = span;
    }

    public Kind kind() {
        return kind;
    }

    /** Where in the text; null when it concerns no one place. */
    public @Nullable Span span() {
        return span;
    }

    @Override
    public String getMessage() {
        return java.util.Objects.requireNonNull(super.getMessage());
    }
}
