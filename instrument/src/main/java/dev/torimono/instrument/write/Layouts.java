// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.write;

import dev.torimono.instrument.tree.Form;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.tree.Source;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from a text how its author lays things out. */
final class Layouts {
    private static final Pattern LIST_UNDER_KEY =
            Pattern.compile("(?m)^( *)(?:- +)?[^\\s#-][^\\n#]*:[ \\t]*\\r?\\n( *)- ");
    private static final Pattern LONE_ENTRY_END =
            Pattern.compile("[ \\t]*,?[ \\t]*((#|//).*)?\\r?");

    private final Source source;

    Layouts(Source source) {
        this.source = source;
    }

    /** For a mapping that has entries. */
    Layout of(Mapping mapping) {
        Entry last = mapping.entries().getLast();
        int before =
                mapping.entries().size() > 1
                        ? mapping.entries().get(mapping.entries().size() - 2).to()
                        : mapping.from();
        return layout(mapping.form(), mapping.from(), before, last.from(), between(mapping));
    }

    /** For a sequence that has items. */
    Layout of(Sequence sequence) {
        int size = sequence.items().size();
        int before = size > 1 ? sequence.items().get(size - 2).to() : sequence.from();
        int last = sequence.items().getLast().from();
        return layout(sequence.form(), sequence.from(), before, last, "");
    }

    Layout oneLine(Form form) {
        return layout(form, 0, 0, 0, "").onOneLine();
    }

    /** Whether entries of a mapping can be added and removed as whole lines. */
    boolean fullLines(Mapping mapping) {
        return switch (mapping.form().kind()) {
            case FLOW -> false;
            case BLOCK -> true;
            case HCL, BODY -> {
                Entry last = mapping.entries().getLast();
                int end = Math.max(last.to(), source.nextLine(last.to()) - 1);
                String rest = source.text().substring(last.to(), end);
                yield source.beginsLine(last.from()) && LONE_ENTRY_END.matcher(rest).matches();
            }
        };
    }

    private Layout layout(Form form, int open, int before, int last, String between) {
        String gap = source.text().substring(Math.min(before, last), last);
        boolean block = form.kind() == Form.Kind.BLOCK;
        boolean lines = block || (!form.escaped() && gap.indexOf('\n') >= 0);
        String outer = source.indent(open);
        String indent = block ? column(last) : source.indent(last);
        boolean deeper = indent.startsWith(outer) && indent.length() > outer.length() && !block;
        boolean quoted = between.isEmpty() || between.startsWith("\"");
        return new Layout(
                form,
                lines,
                indent,
                deeper ? indent.substring(outer.length()) : "  ",
                source.newline(),
                form.kind() == Form.Kind.FLOW
                        ? quoted
                        : !between.isEmpty() && quoted && !isBody(form),
                colon(form, between),
                gap(form, gap),
                block ? dashIndent() : "");
    }

    private static boolean isBody(Form form) {
        return form.kind() == Form.Kind.BODY;
    }

    /** White space up to this column: a key behind a dash is indented by the dash, too. */
    private String column(int at) {
        return " ".repeat(at - source.lineStart(at));
    }

    /** The first key of a mapping and what follows it up to its value. */
    private String between(Mapping mapping) {
        Entry first = mapping.entries().getFirst();
        int to = Math.max(first.from(), first.value().from());
        return source.text().substring(first.from(), to).replace("\\\"", "\"");
    }

    private String colon(Form form, String between) {
        boolean equals = between.indexOf(':') < 0;
        return switch (form.kind()) {
            case BODY -> " = ";
            case HCL -> equals ? " = " : ": ";
            case BLOCK -> ": ";
            case FLOW -> compact(form, between) ? ":" : ": ";
        };
    }

    private String gap(Form form, String gap) {
        int comma = gap.lastIndexOf(',');
        return comma >= 0
                ? gap.endsWith(",") ? "" : " "
                : form.kind() == Form.Kind.FLOW && compact(form, "") ? "" : " ";
    }

    /** Whether keys stand in quotes, and nobody has put a space behind their colons. */
    private boolean compact(Form form, String between) {
        if (!between.isEmpty()) {
            return between.startsWith("\"") && between.endsWith(":");
        }
        String text = source.text();
        String colon = form.escaped() ? "\\\":" : "\":";
        boolean json = form.escaped() || text.startsWith("{") || text.startsWith("[");
        return json && text.contains(colon) && !text.contains(colon + " ");
    }

    /** How far lists stand behind their keys: two schools. */
    private String dashIndent() {
        Matcher list = LIST_UNDER_KEY.matcher(source.text());
        if (!list.find()) {
            return "  ";
        }
        boolean behindDash = list.group().stripLeading().startsWith("- ");
        int key = list.group(1).length() + (behindDash ? 2 : 0);
        return list.group(2).length() > key ? " ".repeat(list.group(2).length() - key) : "";
    }
}
