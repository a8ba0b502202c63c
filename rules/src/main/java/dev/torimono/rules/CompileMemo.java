// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.rules.format.OutputTemplate;
import dev.torimono.rules.plan.Condition;
import dev.torimono.rules.plan.ConditionCompiler;
import dev.torimono.rules.plan.Warning;
import dev.torimono.rules.read.Passage;
import dev.torimono.rules.read.RuleItem;
import dev.torimono.rules.resolve.ExceptionText;
import dev.torimono.rules.resolve.ListTable;
import dev.torimono.rules.resolve.MacroTable;
import dev.torimono.rules.resolve.SpanMap;
import dev.torimono.rules.syntax.ConditionParser;
import dev.torimono.rules.syntax.Expr;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * What earlier files' compilations found out. After each file everything is compiled anew; most of
 * it has not changed since, and is recalled here.
 */
final class CompileMemo {
    private final LoadOptions options;
    private final ConditionCompiler compiler;
    private final SpanMap spans = new SpanMap();
    private final MacroTable.Memo macros = new MacroTable.Memo();
    private final ListTable.Memo lists = new ListTable.Memo();
    private final IdentityHashMap<RuleItem, Passage> conditions = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Parsed> parsed = new IdentityHashMap<>();
    private final IdentityHashMap<Expr, Checked> checked = new IdentityHashMap<>();
    private final IdentityHashMap<RuleItem, Output> outputs = new IdentityHashMap<>();

    private record Parsed(String text, Expr expr) {}

    /**
     * A checked output.
     *
     * @param text its text
     * @param warnings what it has to warn of
     * @param fields the fields it uses
     */
    record Output(String text, List<Warning> warnings, List<String> fields) {}

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

    ListTable.Memo lists() {
        return lists;
    }

    /** A rule's condition with its exceptions. */
    Passage condition(RuleItem item) {
        Passage before = conditions.get(item);
        if (before != null) {
            return before;
        }
        Passage condition = ExceptionText.condition(item);
        conditions.put(item, condition);
        return condition;
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

    /** Parses the output of a rule, completed. */
    Output output(RuleItem item, String text) {
        Output before = outputs.get(item);
        if (before != null && before.text.equals(text)) {
            return before;
        }
        OutputTemplate template = OutputTemplate.parse("*" + text, item.source(), options.fields());
        Output now = new Output(text, template.warnings(), template.fieldNames());
        outputs.put(item, now);
        return now;
    }
}
