// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.scope;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Shell wildcards {@code * ? [...]} as the condition language's glob has them. */
public final class Wildcard {
    private Wildcard() {}

    /** Whether a text has any. */
    public static boolean isWild(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    /** What is wrong with it, such as a range that runs backwards; empty when nothing is. */
    public static String problem(String glob) {
        try {
            Pattern.compile(regex(glob));
            return "";
        } catch (PatternSyntaxException e) {
            return e.getDescription();
        }
    }

    /** A regular expression that matches the whole of what the wildcard matches. */
    public static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? classEnd(glob, i) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                String body = glob.substring(i + 1, close).replace("\\", "\\\\");
                regex.append('[')
                        .append(body.startsWith("!") ? "^" + body.substring(1) : body)
                        .append(']');
                i = close;
            } else if (c == '\\' && i + 1 < glob.length()) {
                regex.append(Pattern.quote(glob.substring(++i, i + 1)));
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    /** Index of the bracket that closes a class; -1 when none does and it stands for itself. */
    private static int classEnd(String glob, int open) {
        int from = open + 1;
        if (from < glob.length() && glob.charAt(from) == '!') {
            from++;
        }
        return glob.indexOf(']', from + 1);
    }
}
