// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.catalog.Editing.Fault;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.rules.Diagnostic;
import dev.torimono.rules.LoadReport;
import dev.torimono.rules.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Items of a text that somebody writes, put where they would stand among all others: lists before
 * macros before rules, and what appends at the end. They stand there as they were written, so that
 * what the loader says of a place leads back to the text.
 */
final class DraftRules {
    private final String[] lines;
    private final List<DraftItem> items;
    private final StringBuilder whole = new StringBuilder();

    /** Of each line of the whole: which line of the text it is, from 0, or -1; and its indent. */
    private final List<int[]> origins = new ArrayList<>();

    private DraftRules(String[] lines, List<DraftItem> items) {
        this.lines = lines;
        this.items = items;
    }

    static DraftRules of(String text, List<DraftItem> items) {
        return new DraftRules(text.split("\n", -1), items);
    }

    /** Loads them beside others; used once. */
    List<Fault> load(List<Document> lists, List<Document> macros, List<Document> rules) {
        for (boolean append : new boolean[] {false, true}) {
            add(Kind.LIST, lists, append);
            add(Kind.MACRO, macros, append);
            add(Kind.RULE, rules, append);
        }
        LoadReport report = Soundness.report(whole.toString());
        List<Fault> faults = new ArrayList<>();
        report.errors().forEach(each -> faults.add(fault(each, true)));
        for (Diagnostic each : report.warnings()) {
            if (isOfText(each.position())) {
                faults.add(fault(each, false));
            }
        }
        return faults;
    }

    private void add(Kind kind, List<Document> documents, boolean append) {
        String others = RuleText.part(kind, documents, append);
        whole.append(others);
        others.lines().forEach(_ -> origins.add(new int[] {-1, 0}));
        for (DraftItem item : items) {
            if (item.kind() == kind && item.appends() == append) {
                add(item);
            }
        }
    }

    private void add(DraftItem item) {
        if (item.indent() < 0) {
            // It stands within a line: as one of its own it is the same.
            whole.append("- ").append(RuleText.line(item.item())).append('\n');
            origins.add(new int[] {item.line(), -1});
            return;
        }
        for (int i = item.line(); i < item.end() && i < lines.length; i++) {
            String line = lines[i];
            int blanks = line.length() - line.stripLeading().length();
            whole.append(line.substring(Math.min(item.indent(), blanks))).append('\n');
            origins.add(new int[] {i, item.indent()});
        }
    }

    private boolean isOfText(Position position) {
        int line = position.line() - 1;
        return position.file().equals(Soundness.RULES)
                && line >= 0
                && line < origins.size()
                && origins.get(line)[0] >= 0;
    }

    private Fault fault(Diagnostic of, boolean error) {
        Position at = of.position();
        String message = (of.item() == null ? "" : of.item() + ": ") + of.message();
        if (!isOfText(at)) {
            return new Fault(error, 0, 0, message);
        }
        int[] origin = origins.get(at.line() - 1);
        int column = origin[1] < 0 ? 0 : at.column() + origin[1];
        return new Fault(error, origin[0] + 1, column, message);
    }
}
