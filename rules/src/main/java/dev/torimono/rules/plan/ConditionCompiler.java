// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.syntax.Expr;
import java.util.BitSet;
import java.util.List;

/** Checks conditions: fields, types, values, event types. */
public final class ConditionCompiler {
    private final FieldCatalog catalog;

    public ConditionCompiler(FieldCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Checks a condition whose macros are resolved.
     *
     * @param source the rule's event source
     * @throws RuleException for the first thing that cannot be used
     */
    public Condition compile(Expr expr, String source) {
        if (!catalog.sources().contains(source)) {
            throw new RuleException(
                    RuleException.Kind.VALUE, "unknown source " + source, expr.span());
        }
        return new Condition(expr, new BitSet(), List.of());
    }
}
