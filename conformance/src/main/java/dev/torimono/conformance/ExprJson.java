// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Literal;
import dev.torimono.rules.syntax.Quantifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Conditions in the JSON form of the cases. */
final class ExprJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ExprJson() {}

    static JsonNode of(Expr expr) {
        ObjectNode node = JSON.objectNode();
        switch (expr) {
            case Expr.And and -> node.set("and", all(and.parts()));
            case Expr.Or or -> node.set("or", all(or.parts()));
            case Expr.Not not -> node.set("not", of(not.part()));
            case Expr.MacroRef macro -> node.put("macro", macro.name());
            case Expr.Exists exists -> {
                node.put("op", "exists");
                node.set("lhs", argument(exists.left()));
            }
            case Expr.Compare compare -> {
                Quantifier quantifier = compare.quantifier();
                String operator = compare.operator().text();
                node.put("op", quantifier == null ? operator : operator + " " + quantifier.text());
                node.set("lhs", argument(compare.left()));
                node.set("rhs", right(compare.right()));
            }
        }
        return node;
    }

    private static ArrayNode all(List<Expr> parts) {
        ArrayNode array = JSON.arrayNode();
        parts.forEach(part -> array.add(of(part)));
        return array;
    }

    private static JsonNode right(Expr.Right right) {
        return switch (right) {
            case Expr.Value value -> argument(value);
            case Expr.Operand operand -> argument(operand);
            case Expr.ValueList list -> {
                ArrayNode values = JSON.arrayNode();
                list.values().forEach(value -> values.add(Literal.printable(value)));
                yield JSON.objectNode().set("list", values);
            }
        };
    }

    private static JsonNode argument(Expr.Argument argument) {
        ObjectNode node = JSON.objectNode();
        switch (argument) {
            case Expr.FieldRef field -> {
                node.put("field", field.name());
                bracketed(node, field.argument());
            }
            case Expr.Transform transform -> {
                node.put("fn", transform.name());
                node.set("args", arguments(transform.arguments()));
                bracketed(node, transform.argument());
            }
            case Expr.Value value -> node.put("value", Literal.printable(value.text()));
            case Expr.ArgumentList list -> node.set("args_list", arguments(list.parts()));
        }
        return node;
    }

    private static ArrayNode arguments(List<Expr.Argument> arguments) {
        ArrayNode array = JSON.arrayNode();
        arguments.forEach(argument -> array.add(argument(argument)));
        return array;
    }

    private static void bracketed(ObjectNode node, @Nullable String argument) {
        if (argument != null) {
            node.put("arg", argument);
        }
    }
}
