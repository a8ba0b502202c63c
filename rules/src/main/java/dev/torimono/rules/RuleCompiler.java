// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.rules.plan.Condition;
import dev.torimono.rules.plan.Warning;
import dev.torimono.rules.read.Diagnostics;
import dev.torimono.rules.read.LoadException;
import dev.torimono.rules.read.MacroItem;
import dev.torimono.rules.read.Passage;
import dev.torimono.rules.read.Place;
import dev.torimono.rules.read.RuleItem;
import dev.torimono.rules.resolve.Budget;
import dev.torimono.rules.resolve.Collected;
import dev.torimono.rules.resolve.Collector;
import dev.torimono.rules.resolve.ListTable;
import dev.torimono.rules.resolve.MacroTable;
import dev.torimono.rules.resolve.RuleOutput;
import dev.torimono.rules.resolve.SpanMap;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Span;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles everything collected so far: lists, then macros, then rules. Used once. */
final class RuleCompiler {
    /** More event types than this and a rule is a burden on every event. */
    private static final int MANY_EVENT_TYPES = 100;

    private final LoadOptions options;
    private final Collector collector;
    private final Diagnostics diagnostics;
    private final Budget budget = new Budget();
    private final CompileMemo memo;
    private final SpanMap spans;
    private final MacroTable macros;

    RuleCompiler(
            LoadOptions options, Collector collector, Diagnostics diagnostics, CompileMemo memo) {
        this.options = options;
        this.collector = collector;
        this.diagnostics = diagnostics;
        this.memo = memo;
        this.spans = memo.spans();
        this.macros = new MacroTable(budget, memo.macros());
    }

    /** The rules that are good. */
    List<Ruleset.Entry> compile() {
        List<Ruleset.Entry> entries = new ArrayList<>();
        try {
            ListTable lists = new ListTable(collector.lists(), budget, memo.lists());
            compileMacros(lists);
            for (Collected<RuleItem> rule : collector.rules()) {
                Ruleset.Entry entry = attempt(() -> compile(rule.item(), lists));
                if (entry != null) {
                    entries.add(entry);
                }
            }
            if (!diagnostics.hasErrors()) {
                warnUnused(lists);
            }
        } catch (LoadException e) {
            diagnostics.error(e);
        } catch (RuleException e) {
            // Lists alone are too large: that concerns no one item.
            diagnostics.error(compileError(e, collector.anyPlace(), null));
        }
        return entries;
    }

    @FunctionalInterface
    private interface Step<T> {
        @Nullable T run();
    }

    /** Runs a step; where every error is wanted, its failure is noted and the next one follows. */
    private <T> @Nullable T attempt(Step<T> step) {
        try {
            return step.run();
        } catch (LoadException e) {
            if (options.firstErrorOnly() || diagnostics.isFull()) {
                throw e;
            }
            diagnostics.error(e);
            return null;
        }
    }

    private void compileMacros(ListTable lists) {
        for (Collected<MacroItem> each : collector.macros().values()) {
            MacroItem macro = each.item();
            Expr parsed =
                    attempt(
                            () ->
                                    parse(
                                            macro,
                                            macro.condition(),
                                            lists,
                                            label("macro", macro.name())));
            macros.add(macro.name(), each.index(), parsed);
        }
        for (Collected<MacroItem> each : collector.macros().values()) {
            String label = label("macro", each.item().name());
            attempt(
                    () -> {
                        resolve(
                                () -> macros.resolve(each.item().name(), each.visibility()),
                                each.item().condition(),
                                label);
                        return null;
                    });
        }
    }

    private Expr parse(Object item, Passage condition, ListTable lists, String label) {
        try {
            Passage inPlace = lists.substitute(condition);
            budget.spendValues(inPlace.text());
            return memo.parse(item, inPlace);
        } catch (RuleException e) {
            throw compileError(e, condition.at(0), label);
        }
    }

    private void resolve(Runnable step, Passage condition, String label) {
        try {
            step.run();
        } catch (MacroTable.MacroException e) {
            throw new LoadException(
                    LoadCode.LOAD_ERR_VALIDATE,
                    e.getMessage(),
                    spans.at(e.span(), condition.at(0)),
                    label);
        } catch (RuleException e) {
            throw compileError(e, condition.at(0), label);
        }
    }

    private LoadException compileError(RuleException e, Place otherwise, @Nullable String label) {
        return new LoadException(
                LoadCode.LOAD_ERR_COMPILE_CONDITION,
                e.getMessage(),
                spans.at(e.span(), otherwise),
                label);
    }

    private Ruleset.@Nullable Entry compile(RuleItem item, ListTable lists) {
        if (!collector.knows(item.source())) {
            return Ruleset.Entry.dormant(rule(item, item.output().text(), null));
        }
        String label = label("rule", item.name());
        Passage condition = memo.condition(item);
        Passage output = RuleOutput.of(item, options.extraOutputs(), diagnostics, label);
        CompileMemo.Output checked = checkOutput(item, output, label);
        if (checked == null) {
            return null;
        }
        Expr parsed = parse(item, condition, lists, label);
        Expr[] resolved = new Expr[1];
        resolve(() -> resolved[0] = macros.resolve(parsed), condition, label);
        Condition compiled = check(item, resolved[0], condition, label);
        if (compiled == null) {
            return null;
        }
        return new Ruleset.Entry(
                rule(item, output.text(), compiled.expr()),
                compiled,
                checked.fields(),
                isExcepted(item, condition));
    }

    /** With exceptions it stands in parentheses, and what they take out behind it. */
    private static boolean isExcepted(RuleItem item, Passage condition) {
        return condition.text().length() > item.condition().text().length() + "()".length();
    }

    /** The output, checked; null when the rule is to be left out for it. */
    private CompileMemo.@Nullable Output checkOutput(RuleItem item, Passage output, String label) {
        if (output.text().isEmpty()) {
            throw new LoadException(
                    LoadCode.LOAD_ERR_COMPILE_OUTPUT, "output is empty", output.at(0), label);
        }
        CompileMemo.Output checked;
        try {
            checked = memo.output(item, output.text());
        } catch (RuleException e) {
            Place at = output.at(outputOffset(e.span()));
            if (e.kind() != RuleException.Kind.SYNTAX && item.switches().skipIfUnknownFilter()) {
                diagnostics.warn(LoadCode.LOAD_UNKNOWN_FILTER, skipped(e), at, label);
                return null;
            }
            throw new LoadException(LoadCode.LOAD_ERR_COMPILE_OUTPUT, e.getMessage(), at, label);
        }
        for (Warning warning : checked.warnings()) {
            diagnostics.warn(
                    LoadCode.valueOf(warning.kind().name()),
                    warning.message(),
                    output.at(outputOffset(warning.span())),
                    label);
        }
        return checked;
    }

    /** Templates are parsed with a star in front. */
    private static int outputOffset(@Nullable Span span) {
        return span == null ? 0 : Math.max(0, span.start() - 1);
    }

    private @Nullable Condition check(RuleItem item, Expr expr, Passage condition, String label) {
        CompileMemo.Checked compiled;
        try {
            compiled = memo.check(expr, item.source());
            if (isBurden(item, compiled)) {
                diagnostics.warn(
                        LoadCode.LOAD_NO_EVTTYPE,
                        "condition is evaluated for nearly every event; name event types with"
                                + " evt.type",
                        condition.at(0),
                        label);
            }
        } catch (RuleException e) {
            boolean unknown =
                    switch (e.kind()) {
                        case UNKNOWN_FIELD, UNKNOWN_EVENT_TYPE, UNKNOWN_OUTPUT_TOKEN -> true;
                        case SYNTAX, TYPE, VALUE -> false;
                    };
            if (unknown && item.switches().skipIfUnknownFilter()) {
                diagnostics.warn(
                        LoadCode.LOAD_UNKNOWN_FILTER,
                        skipped(e),
                        spans.at(e.span(), condition.at(0)),
                        label);
                return null;
            }
            throw compileError(e, condition.at(0), label);
        }
        Set<Warning.Kind> once = EnumSet.noneOf(Warning.Kind.class);
        for (Warning warning : compiled.condition().warnings()) {
            boolean repeats = warning.kind() == Warning.Kind.LOAD_COMPILE_CONDITION;
            if (once.add(warning.kind()) || repeats) {
                diagnostics.warn(
                        LoadCode.valueOf(warning.kind().name()),
                        warning.message(),
                        spans.at(warning.span(), condition.at(0)),
                        label);
            }
        }
        return compiled.condition();
    }

    private static boolean isBurden(RuleItem item, CompileMemo.Checked condition) {
        return item.source().equals("syscall")
                && condition.eventTypes() > MANY_EVENT_TYPES
                && item.switches().warnEvttypes();
    }

    private static String skipped(RuleException e) {
        return e.getMessage() + "; the rule is left out, as skip-if-unknown-filter asks";
    }

    private static Rule rule(RuleItem item, String template, @Nullable Expr condition) {
        RuleItem.Switches switches = item.switches();
        return new Rule(
                item.name(),
                item.description(),
                item.priority(),
                item.source(),
                List.copyOf(item.tags()),
                item.output().text(),
                template,
                item.condition().text(),
                condition,
                item.exceptions().stream().map(exception -> exception.name()).toList(),
                switches.enabled(),
                switches.warnEvttypes(),
                switches.skipIfUnknownFilter(),
                switches.capture(),
                switches.captureDurationMs(),
                item.at().position());
    }

    private void warnUnused(ListTable lists) {
        for (String name : macros.unused()) {
            diagnostics.warn(
                    LoadCode.LOAD_UNUSED_MACRO,
                    "no rule or macro uses it",
                    collector.macro(name).at(),
                    label("macro", name));
        }
        for (String name : lists.unused()) {
            diagnostics.warn(
                    LoadCode.LOAD_UNUSED_LIST,
                    "no rule, macro or list uses it",
                    collector.list(name).at(),
                    label("list", name));
        }
    }

    private static String label(String kind, String name) {
        return kind + " \"" + name + "\"";
    }
}
