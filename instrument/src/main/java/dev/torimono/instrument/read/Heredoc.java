// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.read;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text over several lines in HCL.
 *
 * @param from where the text begins
 * @param to where it ends: before the line of its closing word
 * @param end behind the closing word
 */
record Heredoc(int from, int to, int end) {
    private static final Pattern OPEN = Pattern.compile("<<-?([\\p{L}_][\\p{L}\\p{N}_-]*)\\r?\\n");

    static @Nullable Heredoc at(String text, int at) {
        Matcher open = OPEN.matcher(text).region(at, text.length());
        if (!open.lookingAt()) {
            return null;
        }
        String word = open.group(1);
        int line = open.end();
        while (line < text.length()) {
            int next = text.indexOf('\n', line);
            int end = next < 0 ? text.length() : next;
            if (text.substring(line, end).strip().equals(word)) {
                return new Heredoc(open.end(), line, text.indexOf(word, line) + word.length());
            }
            line = end + 1;
        }
        return null;
    }
}
