// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import dev.torimono.rules.syntax.Expr;
import java.util.List;

/** Lays conditions out in lines, so that a person can read what a rule resolved to. */
final class ConditionLayout {
    private static final int WIDTH = 100;

    private final StringBuilder out = new StringBuilder();

    private ConditionLayout() {}

    /** The condition, each line with so many blanks in front. */
    static String of(Expr condition, int indent) {
        ConditionLayout layout = new ConditionLayout();
        layout.out.append(" ".repeat(indent));
        layout.write(condition, indent);
        return layout.out.toString();
    }

    private void write(Expr expr, int indent) {
        String line = expr.toString();
        if (indent + line.length() <= WIDTH) {
            out.append(line);
            return;
        }
        switch (expr) {
            case Expr.And and -> parts("and ", and.parts(), indent);
            case Expr.Or or -> parts("or ", or.parts(), indent);
            case Expr.Not not -> {
                out.append("not ");
                write(not.part(), indent + 4);
            }
            case Expr.MacroRef _, Expr.Exists _, Expr.Compare _ -> wrap(line, indent);
        }
    }

    private void parts(String word, List<Expr> parts, int indent) {
        out.append('(');
        boolean first = true;
        for (Expr part : parts) {
            int inner = indent + 1;
            if (!first) {
                out.append('\n').append(" ".repeat(inner)).append(word);
                inner += word.length();
            }
            write(part, inner);
            first = false;
        }
        out.append(')');
    }

    /** A long list breaks after commas. */
    private void wrap(String line, int indent) {
        int room = Math.max(WIDTH - indent, 40);
        int from = 0;
        while (line.length() - from > room) {
            int comma = line.lastIndexOf(", ", from + room);
            if (comma <= from) {
                break;
            }
            out.append(line, from, comma + 1).append('\n').append(" ".repeat(indent + 2));
            from = comma + 2;
        }
        out.append(line, from, line.length());
    }
}
