// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The domain names that conditions compare addresses with: someone has to look them up. */
public final class DomainNames {
    private static final Set<String> FIELDS =
            Set.of("fd.cip.name", "fd.sip.name", "fd.lip.name", "fd.rip.name");

    private final Set<String> names = new TreeSet<>();

    private DomainNames() {}

    /** Those of all conditions, sorted. */
    public static Set<String> of(List<Expr> conditions) {
        DomainNames found = new DomainNames();
        conditions.forEach(found::expr);
        return found.names;
    }

    private void expr(Expr expr) {
        switch (expr) {
            case Expr.And and -> and.parts().forEach(this::expr);
            case Expr.Or or -> or.parts().forEach(this::expr);
            case Expr.Not not -> expr(not.part());
            case Expr.MacroRef _, Expr.Exists _ -> {}
            case Expr.Compare compare -> compare(compare);
        }
    }

    private void compare(Expr.Compare compare) {
        if (compare.left() instanceof Expr.FieldRef field && FIELDS.contains(field.name())) {
            switch (compare.right()) {
                case Expr.Value value -> names.add(value.text());
                case Expr.ValueList list -> names.addAll(list.values());
                case Expr.Operand _ -> {}
            }
        }
    }
}
