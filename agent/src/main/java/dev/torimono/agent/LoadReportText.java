// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.rules.Diagnostic;
import dev.torimono.rules.LoadReport;

/** What loading had to say, in lines for people. */
public final class LoadReportText {
    private LoadReportText() {}

    /**
     * One thing with its place:
     *
     * <pre>
     * rules.yaml:3:14: LOAD_ERR_COMPILE_CONDITION: rule "X": …
     *   condition: evt.typ = open
     *              ^
     * </pre>
     */
    public static String of(Diagnostic diagnostic) {
        StringBuilder text = new StringBuilder();
        text.append(diagnostic.position()).append(": ").append(diagnostic.code()).append(": ");
        if (diagnostic.item() != null) {
            text.append(diagnostic.item()).append(": ");
        }
        text.append(diagnostic.message());
        String line = diagnostic.line();
        if (!line.isEmpty()) {
            int column = Math.clamp(diagnostic.position().column() - 1L, 0, line.length());
            String indent = line.substring(0, column).replaceAll("[^\t]", " ");
            text.append("\n  ").append(line).append("\n  ").append(indent).append('^');
        }
        return text.toString();
    }

    /** {@code 12 rules; 2 errors, 1 warning}. */
    public static String summary(LoadReport report) {
        return count(report.rules(), "rule")
                + "; "
                + count(report.errors().size(), "error")
                + ", "
                + count(report.warnings().size(), "warning");
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
