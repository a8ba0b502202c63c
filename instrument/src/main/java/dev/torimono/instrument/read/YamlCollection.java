// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.read;

import dev.torimono.instrument.tree.Form;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Item;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A collection of YAML whose end was not seen yet. */
final class YamlCollection {
    private final Source source;
    private final boolean mapping;
    private final boolean flow;
    private final int from;
    private final String tag;
    private final String anchor;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private @Nullable Node key;

    YamlCollection(
            Source source, boolean mapping, boolean flow, int from, String tag, String anchor) {
        this.source = source;
        this.mapping = mapping;
        this.flow = flow;
        this.from = from;
        this.tag = tag;
        this.anchor = anchor;
    }

    boolean flow() {
        return flow;
    }

    String anchor() {
        return anchor;
    }

    void add(Node node) {
        if (!mapping) {
            items.add(new Item(flow ? node.from() : dash(node), node));
        } else if (key == null) {
            key = node;
        } else {
            entry(key, node);
            key = null;
        }
    }

    private void entry(Node key, Node value) {
        String name = key instanceof Scalar scalar ? scalar.value() : source.text(key);
        if (!keys.add(name)) {
            throw source.error(key.from(), "the key \"" + name + "\" is there twice");
        }
        entries.add(new Entry(key.from(), name, nothing(value) ? behindColon(key) : value));
    }

    private static boolean nothing(Node value) {
        return value instanceof Scalar scalar && !scalar.quoted() && scalar.value().isEmpty();
    }

    /** A key without a value: the value stands where one would be written. */
    private Node behindColon(Node key) {
        int at = key.to();
        while (at < source.text().length() && Character.isWhitespace(source.text().charAt(at))) {
            at++;
        }
        return source.text().startsWith(":", at)
                ? new Scalar(at + 1, at + 1, "", false)
                : new Node.Opaque(key.to(), key.to(), "a key without a colon", null);
    }

    /** The dash before an item: the nearest one before its text, not inside a comment. */
    private int dash(Node node) {
        int at = Math.min(node.from(), source.text().length());
        int least = items.isEmpty() ? from : items.getLast().to();
        for (int i = at - 1; i >= least; i--) {
            if (source.text().charAt(i) == '-' && isDash(i)) {
                return i;
            }
        }
        return source.text().startsWith("-", least) ? least : at;
    }

    private boolean isDash(int at) {
        int line = source.lineStart(at);
        if (items.isEmpty()) {
            String before = source.text().substring(Math.max(line, from), at);
            boolean gap = at + 1 == source.text().length() || source.text().charAt(at + 1) <= ' ';
            return gap && before.indexOf('#') < 0;
        }
        // All items of a sequence have their dash in the same column.
        int first = items.getFirst().from();
        return at - line == first - source.lineStart(first);
    }

    /** The parser ends a block at what follows it; it ends with its last child. */
    int blockEnd() {
        if (mapping) {
            return entries.isEmpty() ? from : entries.getLast().to();
        }
        return items.isEmpty() ? from : Math.max(items.getLast().to(), items.getLast().from() + 1);
    }

    Node node(int to) {
        int begin = flow || (tag.isEmpty() && anchor.isEmpty()) ? from : start();
        Form form = flow ? Form.JSON : Form.BLOCK;
        Node node =
                mapping
                        ? new Node.Mapping(begin, to, form, List.copyOf(entries))
                        : new Node.Sequence(begin, to, form, List.copyOf(items));
        return tag.isEmpty() ? node : new Node.Opaque(from, to, tag, node);
    }

    /** Behind tag and anchor. */
    private int start() {
        return mapping
                ? entries.isEmpty() ? from : entries.getFirst().from()
                : items.isEmpty() ? from : items.getFirst().from();
    }
}
