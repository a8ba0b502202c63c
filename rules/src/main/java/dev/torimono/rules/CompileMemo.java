// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.rules.format.OutputTemplate;
import dev.torimono.rules.plan.Condition;
import dev.torimono.rules.plan.ConditionCompiler;
import dev.torimono.rules.plan.Warning;
import dev.torimono.rules.read.Passage;
import dev.torimono.rules.resolve.MacroTable;
import dev.torimono.rules.resolve.SpanMap;
import dev.torimono.rules.syntax.ConditionParser;
import dev.torimono.rules.syntax.Expr;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What earlier files' compilations found out. After each file everything is compiled anew; most of
 * it has not changed since, and is recalled here.
 */
final class CompileMemo {
    private final LoadOptions options;
    private final ConditionCompiler compiler;
    private final SpanMap spans = new SpanMap();
    private final MacroTable.Memo macros = new MacroTable.Memo();
    private final IdentityHashMap<Object, Parsed> parsed = new IdentityHashMap<>();
    private final IdentityHashMap<Expr, Checked> checked = new IdentityHashMap<>();
    private final Map<Output, List<Warning>> outputs = new HashMap<>();

    private record Parsed(String text, Expr expr) {}

    private record Output(String text, String source) {}

    /**
     * A compiled condition.
     *
     * @param condition what it compiled to
     * @param source for which source
     * @param eventTypes how many event types it names
     */
    record Checked(Condition condition, String source, int eventTypes) {}

    CompileMemo(LoadOptions options) {
        this.options = options;
        this.compiler = new ConditionCompiler(options.fields());
    }

    SpanMap spans() {
        return spans;
    }

    MacroTable.Memo macros() {
        return macros;
    }

    /**
     * Parses the condition of an item, lists in place.
     *
     * @param item the item; the same one has the same condition as long as its lists do
     */
    Expr parse(Object item, Passage condition) {
        Parsed before = parsed.get(item);
        if (before != null && before.text.equals(condition.text())) {
            return before.expr;
        }
        Expr expr =
                ConditionParser.parse(
                        condition.text(), ConditionParser.RULE_DEPTH, spans.add(condition));
        parsed.put(item, new Parsed(condition.text(), expr));
        return expr;
    }

    /** Compiles a condition, macros in place. */
    Checked check(Expr expr, String source) {
        Checked before = checked.get(expr);
        if (before != null && before.source.equals(source)) {
            return before;
        }
        Condition condition = compiler.compile(expr, source);
        Checked now = new Checked(condition, source, condition.eventTypes().cardinality());
        checked.put(expr, now);
        return now;
    }

    /** Parses an output; what it has to warn of. */
    List<Warning> output(String text, String source) {
        return outputs.computeIfAbsent(
                new Output(text, source),
                key -> OutputTemplate.parse("*" + text, source, options.fields()).warnings());
    }
}
