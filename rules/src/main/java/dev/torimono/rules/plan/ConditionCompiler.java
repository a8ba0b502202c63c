// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.syntax.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks conditions: fields, types, values, event types. What stands in several conditions, as the
 * tree of a macro does, is checked once and means the same node in all of them.
 */
public final class ConditionCompiler {
    private final FieldCatalog catalog;
    private final Map<String, IdentityHashMap<Expr, Node>> known = new HashMap<>();

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
        WarningCollector warnings = new WarningCollector(catalog, source);
        SourceCompiler sources = new SourceCompiler(catalog, source);
        Node root =
                new Walk(
                                sources,
                                new ComparisonCompiler(sources, warnings),
                                warnings,
                                known.computeIfAbsent(source, s -> new IdentityHashMap<>()))
                        .node(expr);
        return new Condition(expr, root, source, warnings.warnings());
    }

    private record Walk(
            SourceCompiler sources,
            ComparisonCompiler comparisons,
            WarningCollector warnings,
            IdentityHashMap<Expr, Node> known) {
        Node node(Expr expr) {
            Node node = known.get(expr);
            if (node == null) {
                int noticed = warnings.noticed();
                node = make(expr);
                // What there is to warn of has to be said of every condition.
                if (warnings.noticed() == noticed) {
                    known.put(expr, node);
                }
            }
            return node;
        }

        private Node make(Expr expr) {
            return switch (expr) {
                case Expr.And and -> new Node.All(nodes(and.parts()));
                case Expr.Or or -> new Node.Any(nodes(or.parts()));
                case Expr.Not not -> new Node.Not(node(not.part()));
                case Expr.MacroRef macro ->
                        throw new RuleException(
                                RuleException.Kind.SYNTAX,
                                "unexpected identifier '"
                                        + macro.name()
                                        + "': no macro of that name",
                                macro.span());
                case Expr.Exists exists -> {
                    TypedSource left = sources.left(exists.left());
                    warnings.left(left, exists.left().span());
                    yield new Node.Present(left.source());
                }
                case Expr.Compare compare -> comparisons.compile(compare);
            };
        }

        private List<Node> nodes(List<Expr> parts) {
            List<Node> nodes = new ArrayList<>(parts.size());
            for (Expr part : parts) {
                nodes.add(node(part));
            }
            return nodes;
        }
    }
}
