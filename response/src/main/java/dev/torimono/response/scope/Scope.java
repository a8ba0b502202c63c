// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.scope;

import dev.torimono.model.Container;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.syntax.ConditionParser;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a policy holds: a condition over what is true of a container, its pod, its host and the
 * agent for as long as the container lives, so that the answer can be kept per container.
 * Immutable.
 *
 * <p>As in rules, a comparison with a missing value is false, {@code !=} too.
 */
public final class Scope {
    /** Everywhere, hosts and containers. */
    public static final Scope EVERYWHERE = new Scope("", place -> Coverage.YES);

    private final String text;
    private final ScopeTest test;

    private Scope(String text, ScopeTest test) {
        this.text = text;
        this.test = test;
    }

    /**
     * Compiles a scope; blank means everywhere.
     *
     * @throws RuleException with a span in the text when it cannot be used
     */
    public static Scope compile(String text) {
        if (text.isBlank()) {
            return EVERYWHERE;
        }
        ScopeText rewritten = ScopeText.of(text);
        try {
            Expr expr = ConditionParser.parse(rewritten.text());
            return new Scope(text, new ScopeCompiler().compile(expr));
        } catch (RuleException e) {
            throw new RuleException(e.kind(), e.getMessage(), origin(rewritten, e.span()));
        }
    }

    private static @Nullable Span origin(ScopeText text, @Nullable Span span) {
        return span == null
                ? null
                : new Span(text.origin(span.start()), text.origin(span.end() - 1) + 1);
    }

    /** Names of every field that scopes know. */
    public static List<String> fields() {
        return ScopeFields.names();
    }

    /** Whether it covers a container, or the host itself when that is null. */
    public Coverage covers(HostFacts host, @Nullable Container container) {
        return test.in(new Place(host, container));
    }

    /** As written; empty for everywhere. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "everywhere" : text;
    }
}
