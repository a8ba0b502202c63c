// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.tree;

import dev.torimono.instrument.InstrumentException;

/**
 * A text with its name, and where its lines are.
 *
 * @param name what its user calls it
 * @param text all of it
 */
public record Source(String name, String text) {
    /** Definitions on one line may be megabytes long. */
    private static final int EXCERPT = 120;

    /** The place of an offset as people look it up: file:line:column, both from one. */
    public String at(int offset) {
        int end = Math.min(offset, text.length());
        int line = 1;
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        int column = text.codePointCount(lineStart(end), end) + 1;
        return name + ":" + line + ":" + column;
    }

    /** A complaint with its place, the line in question, and a caret under it. */
    public InstrumentException error(int offset, String what) {
        return new InstrumentException(at(offset) + ": " + what + excerpt(offset));
    }

    /** As much of the line as a person reads; nothing where the text ends. */
    private String excerpt(int offset) {
        int at = Math.min(offset, text.length());
        int start = lineStart(at);
        int end = text.indexOf('\n', at);
        end = end < 0 ? text.length() : end;
        int from = Math.max(start, at - EXCERPT / 2);
        String line = text.substring(from, Math.min(end, from + EXCERPT)).stripTrailing();
        if (line.isBlank()) {
            return "";
        }
        // Tabs stay tabs in both lines, so that the caret stands right at any width.
        String before = text.substring(from, at).replaceAll("[^\t]", " ");
        String cut = from > start ? "…" : "";
        return "\n  " + cut + line + "\n  " + " ".repeat(cut.length()) + before + "^";
    }

    public int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    /** Behind the line break that ends this line, or the end of the text. */
    public int nextLine(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end + 1;
    }

    /** White space at the beginning of this line. */
    public String indent(int offset) {
        int start = lineStart(offset);
        int end = start;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(start, end);
    }

    /** Whether nothing but white space stands before this on its line. */
    public boolean beginsLine(int offset) {
        return text.substring(lineStart(offset), offset).isBlank();
    }

    /** How its lines end. */
    public String newline() {
        int end = text.indexOf('\n');
        return end > 0 && text.charAt(end - 1) == '\r' ? "\r\n" : "\n";
    }

    public String text(Node node) {
        return text.substring(node.from(), node.to());
    }
}
