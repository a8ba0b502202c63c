// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules of one event type, judged while the event's container is not described: everything else
 * is evaluated at once, so that it is judged as it was when the event happened, and what remains of
 * a condition are the comparisons with the container's description alone.
 */
final class OpenProgram {
    private final int[] rules;
    private final List<Node> conditions;

    /** Whether a rule can fire at all. */
    private final Eval[] possible;

    private final Planner planner;

    /**
     * @param rules positions of the rules
     * @param conditions their conditions, for this type
     */
    OpenProgram(int[] rules, List<Node> conditions, Slots slots, Dictionaries dictionaries) {
        this.rules = rules;
        this.conditions = List.copyOf(conditions);
        planner = new Planner(slots, dictionaries);
        List<Node> may = conditions.stream().map(node -> Late.may(node, true)).toList();
        may.forEach(planner::count);
        possible = may.stream().map(planner::plan).toArray(Eval[]::new);
    }

    /** The rules that fire or may, in order. Allocates nothing when there is none. */
    List<Plan.OpenRule> run(Context context, String source) {
        List<Plan.OpenRule> open = List.of();
        for (int i = 0; i < rules.length; i++) {
            if (possible[i].test(context)) {
                Node left = left(conditions.get(i), context);
                if (!left.equals(Node.FALSE)) {
                    if (open.isEmpty()) {
                        open = new ArrayList<>();
                    }
                    open.add(new Plan.OpenRule(rules[i], source, new Plan.Left(left)));
                }
            }
        }
        return open;
    }

    /** What remains of a node once everything that does not wait is evaluated. */
    private Node left(Node node, Context context) {
        if (!Late.in(node)) {
            return constant(planner.plan(node).test(context));
        }
        return switch (node) {
            case Node.All all -> some(all.parts(), Node.FALSE, context);
            case Node.Any any -> some(any.parts(), Node.TRUE, context);
            case Node.One one ->
                    new Node.One(one.parts().stream().map(part -> left(part, context)).toList());
            case Node.Not not -> negate(left(not.part(), context));
            case Node.Constant constant -> constant;
            case Node.Present present -> present;
            case Node.Test test -> test;
            case Node.Pair pair -> pair;
        };
    }

    /** A conjunction, which FALSE decides, or a disjunction, which TRUE decides. */
    private Node some(List<Node> parts, Node decisive, Context context) {
        List<Node> left = new ArrayList<>();
        for (Node part : parts) {
            Node rest = left(part, context);
            if (rest.equals(decisive)) {
                return decisive;
            }
            if (!(rest instanceof Node.Constant)) {
                left.add(rest);
            }
        }
        boolean conjunction = decisive.equals(Node.FALSE);
        if (left.isEmpty()) {
            return conjunction ? Node.TRUE : Node.FALSE;
        }
        return conjunction ? new Node.All(left) : new Node.Any(left);
    }

    private static Node negate(Node part) {
        return part instanceof Node.Constant constant
                ? constant(!constant.value())
                : new Node.Not(part);
    }

    private static Node constant(boolean value) {
        return value ? Node.TRUE : Node.FALSE;
    }
}
