// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

/** Names that conditions can refer to; others are taken with a warning. */
final class Names {
    private Names() {}

    /** A letter, then letters, digits and underscores. */
    static boolean isMacro(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean later = (c >= '0' && c <= '9') || c == '_';
            if (!letter && (i == 0 || !later)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** No blank, quote, parenthesis, comma or equals sign. */
    static boolean isList(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == ' ' || (c >= '\t' && c <= '\r') || "()\"'=,".indexOf(c) >= 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
