// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.read;

import dev.torimono.instrument.InstrumentException;
import dev.torimono.instrument.tree.Form;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Item;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Opaque;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.tree.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * JSON with the place of every node; where Terraform templates it, also {@code ${…}} as a value.
 */
public final class JsonReader {
    static final int MAX_DEPTH = 100;

    private final Source source;
    private final Places places;
    private final String text;
    private final Form form;
    private int at;
    private int depth;

    JsonReader(Source source, Places places, boolean templated) {
        this.source = source;
        this.places = places;
        this.text = places.text();
        this.form = new Form(Form.Kind.FLOW, templated, places.escaped());
    }

    /** Reads a whole file of JSON. */
    public static Node read(Source source) {
        return read(source, false);
    }

    /**
     * Reads a whole file.
     *
     * @param templated whether its strings are Terraform's templates
     */
    public static Node read(Source source, boolean templated) {
        // A byte order mark is no JSON, but editors on Windows write it.
        int skip = source.text().startsWith("\uFEFF") ? 1 : 0;
        return new JsonReader(source, Places.plain(source.text().substring(skip), skip), templated)
                .all();
    }

    Node all() {
        Node node = value();
        space();
        if (at < text.length()) {
            throw error(at, "something follows the end of the JSON document");
        }
        return node;
    }

    private Node value() {
        space();
        if (at == text.length()) {
            throw error(at, "the JSON document ends where a value is expected");
        }
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> mapping();
            case '[' -> sequence();
            case '"' -> string();
            case '$' -> template();
            default -> word();
        };
    }

    private void enter() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw error(at - 1, "nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private Node mapping() {
        int from = at;
        enter();
        List<Entry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        while (more('}', !entries.isEmpty())) {
            if (text.charAt(at) != '"') {
                throw error(at, "expected a key in double quotes");
            }
            Scalar key = string();
            if (!keys.add(key.value())) {
                throw source.error(key.from(), "the key \"" + key.value() + "\" is there twice");
            }
            space();
            if (at == text.length() || text.charAt(at) != ':') {
                throw error(at, "expected a colon after the key");
            }
            at++;
            entries.add(new Entry(key.from(), key.value(), value()));
        }
        depth--;
        return new Mapping(places.of(from), places.of(at), form, List.copyOf(entries));
    }

    private Node sequence() {
        int from = at;
        enter();
        List<Item> items = new ArrayList<>();
        while (more(']', !items.isEmpty())) {
            Node value = value();
            items.add(new Item(value.from(), value));
        }
        depth--;
        return new Sequence(places.of(from), places.of(at), form, List.copyOf(items));
    }

    /** Moves to the next element; false behind the closing bracket. */
    private boolean more(char close, boolean comma) {
        space();
        if (at < text.length() && text.charAt(at) == close) {
            at++;
            return false;
        }
        if (comma) {
            if (at == text.length() || text.charAt(at) != ',') {
                throw error(at, "expected a comma or " + close);
            }
            at++;
            space();
        }
        if (at == text.length()) {
            throw error(at, "the JSON document ends before its " + close);
        }
        return true;
    }

    private Scalar string() {
        int from = at++;
        StringBuilder value = new StringBuilder();
        while (true) {
            if (at == text.length()) {
                throw error(from, "this string is not closed");
            }
            char c = text.charAt(at++);
            if (c == '"') {
                return new Scalar(places.of(from), places.of(at), value.toString(), true);
            } else if (c == '\\') {
                value.append(escape());
            } else if (c < ' ') {
                throw error(at - 1, "a control character inside a string");
            } else if (form.templated() && (c == '$' || c == '%') && opensTemplate()) {
                int end = HclScan.templateEnd(text, at);
                if (end < 0) {
                    throw error(at - 1, "this template is not closed");
                }
                value.append(text, at - 1, end);
                at = end;
            } else {
                value.append(c);
            }
        }
    }

    /**
     * Behind a dollar or percent sign: a brace opens a template, unless the sign is there twice.
     */
    private boolean opensTemplate() {
        if (at >= text.length() || text.charAt(at) != '{') {
            return false;
        }
        return at < 2 || text.charAt(at - 2) != text.charAt(at - 1);
    }

    private char escape() {
        if (at < text.length()) {
            char c = text.charAt(at++);
            if (c == 'u' && at + 4 <= text.length()) {
                at += 4;
                return Places.unicode(text, at - 4);
            }
            if ("\"\\/bfnrt".indexOf(c) >= 0) {
                return Places.simple(c);
            }
        }
        throw error(at - 1, "no escape that JSON knows");
    }

    private Node template() {
        int from = at;
        boolean opens = form.templated() && text.startsWith("${", at);
        int end = opens ? HclScan.templateEnd(text, at + 1) : -1;
        if (end < 0) {
            throw error(from, "expected a JSON value");
        }
        at = end;
        return new Opaque(
                places.of(from), places.of(end), "the template " + text.substring(from, end), null);
    }

    private Node word() {
        int from = at;
        while (at < text.length() && "{}[],:\" \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at);
        boolean known =
                switch (word) {
                    case "true", "false", "null" -> true;
                    default -> word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
                };
        if (!known) {
            throw error(from, "expected a JSON value");
        }
        return new Scalar(places.of(from), places.of(at), word, false);
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private InstrumentException error(int offset, String what) {
        return source.error(places.of(offset), what);
    }
}
