// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

/** Finds the place in the file that a character of a scalar came from. */
final class ScalarTrace {
    private ScalarTrace() {}

    /**
     * Walks file and text side by side. Folding only ever changes white space, so what is not white
     * space finds its origin exactly; an escape counts as one character.
     */
    static int offset(YamlNode.Scalar scalar, int index) {
        String raw = scalar.at().source().content();
        String text = scalar.text();
        int at = contentStart(scalar, raw);
        for (int i = 0; i < index && i < text.length(); i++) {
            char c = text.charAt(i);
            if (isWhite(c) && !(at < raw.length() && raw.charAt(at) == '\\')) {
                continue;
            }
            at = skipWhite(raw, at);
            at += width(scalar.style(), raw, at);
        }
        boolean onText = index < text.length() && !isWhite(text.charAt(index));
        return Math.min(onText ? skipWhite(raw, at) : at, raw.length());
    }

    private static int contentStart(YamlNode.Scalar scalar, String raw) {
        int at = scalar.at().offset();
        return switch (scalar.style()) {
            case PLAIN -> at;
            case SINGLE_QUOTED, DOUBLE_QUOTED -> at + 1;
            case BLOCK -> {
                int newline = raw.indexOf('\n', at);
                yield newline < 0 ? at : newline + 1;
            }
        };
    }

    private static int width(YamlNode.Style style, String raw, int at) {
        if (style == YamlNode.Style.SINGLE_QUOTED && raw.startsWith("''", at)) {
            return 2;
        }
        if (style != YamlNode.Style.DOUBLE_QUOTED || !raw.startsWith("\\", at)) {
            return 1;
        }
        return switch (at + 1 < raw.length() ? raw.charAt(at + 1) : ' ') {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
    }

    private static int skipWhite(String raw, int from) {
        int at = from;
        while (at < raw.length() && isWhite(raw.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isWhite(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
