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

    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                if (word.length() < MAX_CHARS) {
                    word.append(Character.toLowerCase(c));
                }
            } else {
                end(word, words);
            }
        }
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
