// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import dev.torimono.rules.Position;
import java.util.Arrays;

/** The text of one rule file, and where its lines are. */
public final class Source {
    private final String file;
    private final String content;
    private int[] lineStarts = new int[256];
    private int lines;

    public Source(String file, String content) {
        this.file = file;
        this.content = content;
        lineStarts[lines++] = 0;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            boolean lone = c == '\r' && i + 1 < content.length() && content.charAt(i + 1) != '\n';
            if (c == '\n' || lone) {
                if (lines == lineStarts.length) {
                    lineStarts = Arrays.copyOf(lineStarts, lines * 2);
                }
                lineStarts[lines++] = i + 1;
            }
        }
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
        int column = content.codePointCount(lineStarts[line], Math.min(offset, content.length()));
        return new Position(file, line + 1, column + 1);
    }

    /** The text of the line that an offset is in, without its end. */
    String line(int offset) {
        int start = lineStarts[lineOf(offset)];
        int end = start;
        while (end < content.length()
                && content.charAt(end) != '\n'
                && content.charAt(end) != '\r') {
            end++;
        }
        return content.substring(start, end);
    }

    private int lineOf(int offset) {
        int found = Arrays.binarySearch(lineStarts, 0, lines, Math.min(offset, content.length()));
        return found >= 0 ? found : -found - 2;
    }
}
