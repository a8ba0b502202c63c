// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.query;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text, for searching: runs of letters and digits, in small letters. A path is thus
 * found by any of its parts.
 */
public final class Words {
    private static final int MAX_CHARS = 64;

    private Words() {}

    /** Takes one word after another; the characters are the caller's to write over. */
    @FunctionalInterface
    public interface Sink {
        void word(char[] characters, int length);
    }

    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        each(text, (characters, length) -> words.add(new String(characters, 0, length)));
        return words;
    }

    /** The same, one by one and without a text for each. */
    public static void each(String text, Sink sink) {
        char[] word = new char[MAX_CHARS];
        int length = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                inWord = true;
                if (length < MAX_CHARS) {
                    word[length++] = Character.toLowerCase(c);
                }
            } else if (inWord) {
                sink.word(word, length);
                length = 0;
                inWord = false;
            }
        }
        if (inWord) {
            sink.word(word, length);
        }
    }
}
