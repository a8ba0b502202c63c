// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.syntax.Expr;
import java.util.BitSet;
import java.util.List;

/** A condition that was checked and can be planned. Immutable. */
public final class Condition {
    private final Expr expr;
    private final BitSet eventTypes;
    private final List<Warning> warnings;

    Condition(Expr expr, BitSet eventTypes, List<Warning> warnings) {
        this.expr = expr;
        this.eventTypes = eventTypes;
        this.warnings = List.copyOf(warnings);
    }

    /** What it was compiled from, macros resolved. */
    public Expr expr() {
        return expr;
    }

    /** Codes of the event types that it can hold for. */
    public BitSet eventTypes() {
        return (BitSet) eventTypes.clone();
    }

    public List<Warning> warnings() {
        return warnings;
    }
}
