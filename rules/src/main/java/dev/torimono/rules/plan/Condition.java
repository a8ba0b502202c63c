// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.syntax.Expr;
import java.util.BitSet;
import java.util.List;

/** A condition that was checked and can be planned. Immutable. */
public final class Condition {
    private final Expr expr;
    private final Node root;
    private final String source;
    private final List<Warning> warnings;

    Condition(Expr expr, Node root, String source, List<Warning> warnings) {
        this.expr = expr;
        this.root = root;
        this.source = source;
        this.warnings = List.copyOf(warnings);
    }

    /** What it was compiled from, macros resolved. */
    public Expr expr() {
        return expr;
    }

    Node root() {
        return root;
    }

    /**
     * Codes of the event types that the condition names, as Falco infers them; plugin sources have
     * one type only.
     *
     * @throws RuleException when {@code evt.type} compares with a field or is transformed
     */
    public BitSet eventTypes() {
        return EventTypes.of(expr, source);
    }

    /** Roughly what evaluating all of it costs, a comparison of two numbers being 1. */
    public int cost() {
        return Cost.of(root);
    }

    public List<Warning> warnings() {
        return warnings;
    }
}
