// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.demand;

import dev.torimono.model.Interest;
import dev.torimono.rules.syntax.Expr;
import java.util.ArrayList;
import java.util.List;

/** Derives from conditions what an event must at least be for any of them to hold. */
public final class NecessaryCondition {
    private NecessaryCondition() {}

    /**
     * The interests of rules that are evaluated together.
     *
     * @param conditions resolved conditions, macros expanded
     * @return at most {@value Regions#LIMIT}; an event that none admits matches none of them
     */
    public static List<Interest> of(List<Expr> conditions) {
        Regions all = Regions.NOTHING;
        for (Expr condition : conditions) {
            all = all.or(of(condition, true));
        }
        List<Interest> interests = new ArrayList<>();
        all.any().forEach(region -> interests.add(region.interest()));
        return interests;
    }

    private static Regions of(Expr expr, boolean holds) {
        return switch (expr) {
            case Expr.And and -> combine(and.parts(), holds, holds);
            case Expr.Or or -> combine(or.parts(), holds, !holds);
            case Expr.Not not -> of(not.part(), !holds);
            case Expr.MacroRef unresolved -> Regions.EVERYTHING;
            case Expr.Exists unseen -> Regions.EVERYTHING;
            case Expr.Compare compare -> Atom.regions(compare, holds);
        };
    }

    private static Regions combine(List<Expr> parts, boolean holds, boolean all) {
        Regions result = all ? Regions.EVERYTHING : Regions.NOTHING;
        for (Expr part : parts) {
            Regions of = of(part, holds);
            result = all ? result.and(of) : result.or(of);
        }
        return result;
    }
}
