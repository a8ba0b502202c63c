// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.read;

import dev.torimono.instrument.tree.Form;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Item;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Opaque;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HCL's expressions, as far as their value stands in the text: literals, lists, objects, heredocs,
 * and calls of one argument. Every other expression is kept as it is.
 */
final class HclExpressions {
    private final HclCursor cursor;
    private final String text;

    /** What may end an expression. */
    enum End {
        /** A line break, as in the body of a block and between the entries of an object. */
        LINE,
        /** Only a comma or a closing bracket. */
        BRACKET
    }

    HclExpressions(HclCursor cursor) {
        this.cursor = cursor;
        this.text = cursor.source().text();
    }

    Node value(End end, int depth) {
        cursor.checkDepth(depth);
        cursor.space(end == End.BRACKET);
        int from = cursor.at();
        Node literal = literal(depth);
        int behind = cursor.at();
        cursor.space(end == End.BRACKET);
        if (literal != null && atEnd(end)) {
            cursor.to(behind);
            return literal;
        }
        cursor.to(from);
        return opaque(from, end);
    }

    private boolean atEnd(End end) {
        return cursor.ended()
                || ",]})".indexOf(cursor.now()) >= 0
                || (end == End.LINE && cursor.now() == '\n');
    }

    private @Nullable Node literal(int depth) {
        char c = cursor.now();
        if (c == '[' || c == '{') {
            int from = cursor.at();
            cursor.to(from + 1);
            cursor.space(true);
            boolean loop = cursor.looksAt("for ");
            cursor.to(from);
            return loop ? null : c == '[' ? tuple(depth) : object(depth);
        }
        if (c == '"') {
            return quoted();
        }
        if (cursor.looksAt("<<")) {
            return heredoc();
        }
        if (Character.isDigit(c) || c == '-') {
            int from = cursor.at();
            cursor.takes("-");
            while (!cursor.ended() && (Character.isDigit(cursor.now()) || cursor.now() == '.')) {
                cursor.to(cursor.at() + 1);
            }
            return new Scalar(from, cursor.at(), text.substring(from, cursor.at()), false);
        }
        return Character.isLetter(c) ? word(depth) : null;
    }

    private Node quoted() {
        Scalar string = cursor.string();
        String inside = text.substring(string.from(), string.to()).replace("$${", "");
        return inside.contains("${") || inside.replace("%%{", "").contains("%{")
                ? new Opaque(string.from(), string.to(), "the template " + inside, string)
                : string;
    }

    private Node heredoc() {
        int from = cursor.at();
        Heredoc here = Heredoc.at(text, from);
        if (here == null) {
            throw cursor.error(from, "this heredoc is not closed");
        }
        cursor.to(here.end());
        String inside = text.substring(here.from(), here.to());
        return new Opaque(
                from, here.end(), "a heredoc", new Scalar(here.from(), here.to(), inside, true));
    }

    private @Nullable Node word(int depth) {
        int from = cursor.at();
        String name = cursor.name();
        if (name.equals("true") || name.equals("false") || name.equals("null")) {
            return new Scalar(from, cursor.at(), name, false);
        }
        if (!cursor.takes("(")) {
            return null;
        }
        cursor.space(true);
        if (cursor.looksAt(")")) {
            return null;
        }
        Node argument = value(End.BRACKET, depth + 1);
        cursor.space(true);
        if (cursor.takes(",")) {
            cursor.space(true);
        }
        return cursor.takes(")") ? new Opaque(from, cursor.at(), name + "()", argument) : null;
    }

    private Node tuple(int depth) {
        int from = cursor.at();
        cursor.takes("[");
        List<Item> items = new ArrayList<>();
        while (true) {
            cursor.space(true);
            if (cursor.takes("]")) {
                return new Sequence(from, cursor.at(), Form.HCL, List.copyOf(items));
            }
            if (cursor.ended()) {
                throw cursor.error(from, "this list is not closed");
            }
            Node value = value(End.BRACKET, depth + 1);
            items.add(new Item(value.from(), value));
            cursor.space(true);
            if (!cursor.takes(",") && !cursor.looksAt("]")) {
                throw cursor.error(cursor.at(), "expected a comma or ]");
            }
        }
    }

    private Node object(int depth) {
        int from = cursor.at();
        cursor.takes("{");
        List<Entry> entries = new ArrayList<>();
        while (true) {
            cursor.space(true);
            if (cursor.takes("}")) {
                return new Mapping(from, cursor.at(), Form.HCL, List.copyOf(entries));
            }
            if (cursor.ended()) {
                throw cursor.error(from, "this object is not closed");
            }
            entries.add(entry(entries, depth));
            cursor.space(false);
            if (!cursor.takes(",") && cursor.now() != '\n' && !cursor.looksAt("}")) {
                throw cursor.error(cursor.at(), "expected a comma, a line break or }");
            }
        }
    }

    private Entry entry(List<Entry> before, int depth) {
        int from = cursor.at();
        String key;
        if (cursor.looksAt("\"")) {
            key = cursor.string().value();
        } else if (cursor.looksAt("(")) {
            key = text.substring(from, closing(from));
            cursor.to(closing(from));
        } else {
            key = cursor.name();
        }
        if (before.stream().anyMatch(one -> one.key().equals(key))) {
            throw cursor.error(from, "the key " + key + " is there twice");
        }
        cursor.space(false);
        if (!cursor.takes("=") && !cursor.takes(":")) {
            throw cursor.error(cursor.at(), "expected = or : after the key");
        }
        return new Entry(from, key, value(End.LINE, depth + 1));
    }

    private int closing(int open) {
        int end = balanced(open, false);
        if (end < 0) {
            throw cursor.error(open, "this bracket is not closed");
        }
        return end;
    }

    /** An expression that is not looked into: up to what ends it, outside brackets and strings. */
    private Node opaque(int from, End end) {
        int at = from;
        int last = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (",]})".indexOf(c) >= 0 || (end == End.LINE && c == '\n')) {
                break;
            }
            int comment = HclScan.comment(text, at);
            if (comment > at) {
                at = comment;
                continue;
            }
            int next = "([{".indexOf(c) >= 0 ? balanced(at, true) : HclScan.skip(text, at);
            if (next < 0) {
                throw cursor.error(at, "this is not closed");
            }
            at = next;
            last = Character.isWhitespace(c) ? last : at;
        }
        if (last == from) {
            throw cursor.error(from, "expected a value");
        }
        cursor.to(last);
        String words =
                text.substring(from, Math.min(last, from + 40)).lines().findFirst().orElse("");
        return new Opaque(from, last, "the expression " + words, null);
    }

    /** Behind the bracket that closes the one that stands here. */
    private int balanced(int open, boolean any) {
        int depth = 0;
        int at = open;
        while (at >= 0 && at < text.length()) {
            char c = text.charAt(at);
            if ("([{".indexOf(c) >= 0) {
                depth++;
                at++;
            } else if (")]}".indexOf(c) >= 0) {
                at++;
                if (--depth == 0) {
                    return at;
                }
            } else if (!any && c == '\n') {
                return -1;
            } else {
                at = HclScan.skip(text, at);
            }
        }
        return -1;
    }
}
