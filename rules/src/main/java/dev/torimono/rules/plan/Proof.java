// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resolved condition part by part, each of which can be asked whether it holds for the event that
 * its plan looks at. Made for a rule that matched, never before.
 */
public final class Proof {
    private final Expr expr;
    private final List<Proof> parts;
    private final @Nullable Eval eval;
    private final Context context;

    private Proof(Expr expr, List<Proof> parts, @Nullable Eval eval, Context context) {
        this.expr = expr;
        this.parts = List.copyOf(parts);
        this.eval = eval;
        this.context = context;
    }

    /** The nodes of a condition stand as its expressions do, down to single comparisons. */
    static Proof of(Expr expr, Node node, Planner planner, Context context) {
        List<Proof> parts = new ArrayList<>();
        switch (expr) {
            case Expr.And and when node instanceof Node.All all ->
                    zip(and.parts(), all.parts(), planner, context, parts);
            case Expr.Or or when node instanceof Node.Any any ->
                    zip(or.parts(), any.parts(), planner, context, parts);
            case Expr.Not not when node instanceof Node.Not negated ->
                    parts.add(of(not.part(), negated.part(), planner, context));
            default -> {
                return new Proof(expr, List.of(), planner.plan(node), context);
            }
        }
        return new Proof(expr, parts, null, context);
    }

    private static void zip(
            List<Expr> exprs,
            List<Node> nodes,
            Planner planner,
            Context context,
            List<Proof> parts) {
        for (int i = 0; i < exprs.size(); i++) {
            parts.add(of(exprs.get(i), nodes.get(i), planner, context));
        }
    }

    public Expr expr() {
        return expr;
    }

    /** Its parts as written; none of a comparison. */
    public List<Proof> parts() {
        return parts;
    }

    /** Whether it holds for the present event. */
    public boolean holds() {
        if (eval != null) {
            return eval.test(context);
        }
        return switch (expr) {
            case Expr.Not _ -> !parts.getFirst().holds();
            case Expr.Or _ -> parts.stream().anyMatch(Proof::holds);
            default -> parts.stream().allMatch(Proof::holds);
        };
    }
}
