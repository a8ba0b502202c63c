// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.write;

import dev.torimono.instrument.tree.Form;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.tree.Source;
import dev.torimono.instrument.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * Adds to collections and takes out of them, as text. What {@code add} and {@code prepend} write,
 * {@code remove} takes out again to the byte.
 */
public final class Editor {
    private final Source source;
    private final Edits edits;
    private final Layouts layouts;

    public Editor(Tree tree) {
        this.source = tree.source();
        this.edits = new Edits(tree);
        this.layouts = new Layouts(tree.source());
    }

    public Source source() {
        return source;
    }

    public String apply() {
        return edits.apply();
    }

    /** Adds entries behind the last; call once a mapping, which must not be empty. */
    public void add(Mapping mapping, Map<String, Value> added) {
        if (added.isEmpty()) {
            return;
        }
        Layout layout = layouts.of(mapping);
        List<String> parts = new ArrayList<>();
        added.forEach((key, value) -> parts.add(Renderer.entry(layout, key, value)));
        Entry last = mapping.entries().getLast();
        if (layouts.fullLines(mapping)) {
            insertLines(last.to(), layout, parts, mapping.from());
        } else if (mapping.form().kind() == Form.Kind.BODY) {
            throw source.error(last.from(), "the block stands on one line; give it a line each");
        } else {
            insertBehind(last.to(), layout, parts, mapping.from());
        }
    }

    /** Adds items behind the last; call once a sequence, which must not be empty. */
    public void add(Sequence sequence, List<Value> added) {
        if (added.isEmpty()) {
            return;
        }
        Layout layout = layouts.of(sequence);
        int end = sequence.items().getLast().to();
        if (sequence.form().kind() == Form.Kind.BLOCK) {
            insertLines(
                    Math.max(end, sequence.items().getLast().from() + 1),
                    layout,
                    added.stream().map(one -> Renderer.blockItem(layout, one)).toList(),
                    sequence.from());
        } else {
            insertBehind(
                    end,
                    layout,
                    added.stream().map(one -> Renderer.value(layout, one)).toList(),
                    sequence.from());
        }
    }

    /** Puts items before the first of a sequence, which must not be empty. */
    public void prepend(Sequence sequence, List<Value> added) {
        Layout layout = layouts.of(sequence);
        int first = sequence.items().getFirst().from();
        boolean block = sequence.form().kind() == Form.Kind.BLOCK;
        boolean lines = block && source.beginsLine(first);
        StringBuilder out = new StringBuilder();
        for (Value value : added) {
            if (block) {
                out.append(lines ? layout.indent() : "");
                out.append(Renderer.blockItem(layout, value)).append(layout.newline());
                out.append(lines ? "" : layout.indent());
            } else {
                out.append(escaped(sequence.form(), Renderer.value(layout, value) + ","));
                out.append(separator(layout));
            }
        }
        edits.insert(lines ? aboveComments(first) : first, out.toString(), sequence.from());
    }

    /** Comments above an item in its column are about it. */
    private int aboveComments(int item) {
        int line = source.lineStart(item);
        String comment = source.text().substring(line, item) + "#";
        while (line > 0 && source.text().startsWith(comment, source.lineStart(line - 1))) {
            line = source.lineStart(line - 1);
        }
        return line;
    }

    /** Replaces a value by one on a single line. */
    public void replace(Node node, Form form, Value value) {
        String space = node.from() == node.to() ? " " : "";
        String text = Renderer.value(layouts.oneLine(form), value);
        edits.replace(node.from(), node.to(), space + escaped(form, text));
    }

    /** Puts back what {@code replace} has replaced. */
    public void restore(Node node, String text) {
        boolean nothing = text.isEmpty() && source.text().startsWith(" ", node.from() - 1);
        edits.replace(node.from() - (nothing ? 1 : 0), node.to(), text);
    }

    private void insertLines(int end, Layout layout, List<String> parts, int within) {
        int at = source.nextLine(end);
        boolean broken = at > 0 && source.text().charAt(at - 1) == '\n';
        StringBuilder out = new StringBuilder();
        for (String part : parts) {
            out.append(broken ? "" : layout.newline());
            out.append(layout.indent()).append(part);
            out.append(broken ? layout.newline() : "");
        }
        edits.insert(at, out.toString(), within);
    }

    private void insertBehind(int end, Layout layout, List<String> parts, int within) {
        StringBuilder out = new StringBuilder();
        for (String part : parts) {
            out.append(",").append(separator(layout)).append(escaped(layout.form(), part));
        }
        edits.insert(end, out.toString(), within);
    }

    private static String separator(Layout layout) {
        return layout.lines() ? layout.newline() + layout.indent() : layout.gap();
    }

    private static String escaped(Form form, String text) {
        if (!form.escaped()) {
            return text;
        }
        String quoted = Renderer.quoted(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Takes out entries, by their numbers. */
    public void remove(Mapping mapping, SortedSet<Integer> numbers) {
        List<Span> spans =
                mapping.entries().stream().map(one -> new Span(one.from(), one.to())).toList();
        remove(spans, numbers, layouts.fullLines(mapping));
    }

    /** Takes out items, by their numbers. */
    public void remove(Sequence sequence, SortedSet<Integer> numbers) {
        List<Span> spans =
                sequence.items().stream()
                        .map(one -> new Span(one.from(), Math.max(one.to(), one.from() + 1)))
                        .toList();
        remove(spans, numbers, sequence.form().kind() == Form.Kind.BLOCK);
    }

    private record Span(int from, int to) {}

    private void remove(List<Span> spans, SortedSet<Integer> numbers, boolean lines) {
        int leading = 0;
        while (numbers.contains(leading)) {
            leading++;
        }
        boolean wholeLines = lines && leading > 0 && source.beginsLine(spans.getFirst().from());
        if (wholeLines) {
            leading = 0;
        } else if (leading == spans.size() && leading > 0) {
            edits.remove(spans.getFirst().from(), spans.getLast().to());
            return;
        }
        if (leading > 0) {
            edits.remove(spans.getFirst().from(), spans.get(leading).from());
        }
        for (int number : numbers.tailSet(leading)) {
            if (lines) {
                removeLines(spans.get(number));
            } else {
                edits.remove(spans.get(number - 1).to(), spans.get(number).to());
            }
        }
    }

    private void removeLines(Span span) {
        int from = source.lineStart(span.from());
        int to = source.nextLine(span.to());
        if (from > 0 && !source.text().endsWith("\n")) {
            // The last line has no break of its own: each line goes with the break before it.
            String newline = source.text().startsWith("\r", from - 2) ? "\r\n" : "\n";
            from -= newline.length();
            to -= source.text().startsWith(newline, to - newline.length()) ? newline.length() : 0;
        }
        edits.remove(from, to);
    }
}
