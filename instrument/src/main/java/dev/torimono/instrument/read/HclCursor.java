// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.read;

import dev.torimono.instrument.InstrumentException;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Source;

/** Where a reader of HCL stands, and the words and gaps it steps over. */
final class HclCursor {
    private final Source source;
    private final String text;
    private int at;

    HclCursor(Source source) {
        this.source = source;
        this.text = source.text();
        this.at = text.startsWith("\uFEFF") ? 1 : 0;
    }

    Source source() {
        return source;
    }

    int at() {
        return at;
    }

    void to(int offset) {
        at = offset;
    }

    boolean ended() {
        return at >= text.length();
    }

    char now() {
        return ended() ? '\0' : text.charAt(at);
    }

    boolean looksAt(String what) {
        return text.startsWith(what, at);
    }

    boolean takes(String what) {
        boolean there = looksAt(what);
        at += there ? what.length() : 0;
        return there;
    }

    /** Steps over white space and comments; over line breaks too, if asked to. */
    void space(boolean lines) {
        while (!ended()) {
            char c = now();
            int comment = HclScan.comment(text, at);
            if (comment > at) {
                at = comment;
            } else if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) {
                at++;
            } else {
                return;
            }
        }
    }

    String name() {
        int from = at;
        while (!ended() && (Character.isLetterOrDigit(now()) || now() == '_' || now() == '-')) {
            at++;
        }
        if (at == from) {
            throw error(at, "expected a name");
        }
        return text.substring(from, at);
    }

    /** A quoted string; its value is what stands there, with escapes resolved. */
    Scalar string() {
        int from = at;
        int end = HclScan.stringEnd(text, at);
        if (end < 0) {
            throw error(from, "this string is not closed");
        }
        at = end;
        return new Scalar(from, end, Places.unescaped(text, from + 1, end - 1).text(), true);
    }

    void checkDepth(int depth) {
        if (depth > JsonReader.MAX_DEPTH) {
            throw error(at, "nested deeper than " + JsonReader.MAX_DEPTH + " levels");
        }
    }

    InstrumentException error(int offset, String what) {
        return source.error(offset, what);
    }
}
