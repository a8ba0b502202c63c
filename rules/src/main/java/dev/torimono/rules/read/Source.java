// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import dev.torimono.rules.Position;
import java.util.Arrays;

/** The text of one rule file, and where its lines are. */
public final class Source {
    private static final int LONG_LINE = 2_000;

    private final String file;
    private final String content;
    private int[] lineStarts = new int[256];
    private int lines;

    public Source(String file, String content) {
        this.file = file;
        this.content = content;
        startLine(0);
        if (content.indexOf('\r') < 0) {
            // Searching is much faster than looking at each character, until a start has warmed up.
            for (int end = content.indexOf('\n'); end >= 0; end = content.indexOf('\n', end + 1)) {
                startLine(end + 1);
            }
        } else {
            findLines();
        }
    }

    /** Carriage returns alone end lines, too. */
    private void findLines() {
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            boolean lone = c == '\r' && i + 1 < content.length() && content.charAt(i + 1) != '\n';
            if (c == '\n' || lone) {
                startLine(i + 1);
            }
        }
    }

    private void startLine(int offset) {
        if (lines == lineStarts.length) {
            lineStarts = Arrays.copyOf(lineStarts, lines * 2);
        }
        lineStarts[lines++] = offset;
    }

    public String file() {
        return file;
    }

    public String content() {
        return content;
    }

    /** The whole file, for what concerns no one place in it. */
    public Place start() {
        return new Place(this, 0);
    }

    Position position(int offset) {
        int line = lineOf(offset);
        int end = Math.min(offset, content.length());
        int start = lineStarts[line];
        // On lines that no editor shows, columns count UTF-16 units.
        int column = end - start > LONG_LINE ? end - start : content.codePointCount(start, end);
        return new Position(file, line + 1, column + 1);
    }

    /** The line that an offset is in, without its end; of a long one, what is near the offset. */
    String line(int offset) {
        int at = Math.min(offset, content.length());
        int end = at;
        while (end < content.length()
                && end - at < LONG_LINE
                && content.charAt(end) != '\n'
                && content.charAt(end) != '\r') {
            end++;
        }
        return content.substring(lineStart(at), end);
    }

    /** Which character of {@link #line} an offset is. */
    int caret(int offset) {
        int at = Math.min(offset, content.length());
        return at - lineStart(at);
    }

    private int lineStart(int offset) {
        return Math.max(lineStarts[lineOf(offset)], offset - LONG_LINE);
    }

    private int lineOf(int offset) {
        int found = Arrays.binarySearch(lineStarts, 0, lines, Math.min(offset, content.length()));
        return found >= 0 ? found : -found - 2;
    }
}
