// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import dev.torimono.rules.Diagnostic;
import dev.torimono.rules.LoadReport;
import java.util.List;
import java.util.Locale;

/** Prints reports for people. */
public final class ReportText {
    /** Longer lines are shown around the caret only. */
    private static final int WIDTH = 120;

    private ReportText() {}

    public static String of(LoadReport report) {
        StringBuilder out = new StringBuilder();
        append(out, "error", report.errors());
        append(out, "warning", report.warnings());
        report.unmetPlugins().forEach(each -> out.append(each).append('\n'));
        return out.append(count(report.rules(), "rule"))
                .append(", ")
                .append(count(report.errors().size(), "error"))
                .append(", ")
                .append(count(report.warnings().size(), "warning"))
                .append('\n')
                .toString();
    }

    private static String count(int number, String what) {
        return String.format(Locale.ROOT, "%d %s%s", number, what, number == 1 ? "" : "s");
    }

    private static void append(StringBuilder out, String level, List<Diagnostic> diagnostics) {
        for (Diagnostic each : diagnostics) {
            out.append(each.position()).append(": ").append(level).append(' ').append(each.code());
            String item = each.item();
            if (item != null) {
                out.append(": ").append(item);
            }
            out.append(": ").append(each.message()).append('\n');
            excerpt(out, each);
        }
    }

    private static void excerpt(StringBuilder out, Diagnostic diagnostic) {
        String line = diagnostic.line().replace('\t', ' ');
        if (line.isBlank()) {
            return;
        }
        int caret = Math.min(diagnostic.caret(), line.length());
        int from = Math.max(0, Math.min(caret - WIDTH / 2, line.length() - WIDTH));
        int to = Math.min(line.length(), from + WIDTH);
        out.append("  ").append(line, from, to).append('\n');
        out.append("  ").append(" ".repeat(Math.max(0, caret - from))).append("^\n");
    }
}
