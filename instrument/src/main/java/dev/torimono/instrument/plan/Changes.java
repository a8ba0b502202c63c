// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.tree.Form;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.write.Editor;
import dev.torimono.instrument.write.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes to one workload, each with the word that lets {@link Undo} take it back. */
final class Changes {
    private final Workload workload;
    private final Editor editor;
    private final List<String> undo = new ArrayList<>();
    private final IdentityHashMap<Mapping, Map<String, Value>> entries = new IdentityHashMap<>();
    private final IdentityHashMap<Sequence, List<Value>> items = new IdentityHashMap<>();
    private final List<Runnable> others = new ArrayList<>();

    Changes(Workload workload, Editor editor) {
        this.workload = workload;
        this.editor = editor;
    }

    List<String> undo() {
        return undo;
    }

    /** A new key. */
    void key(String path, Mapping mapping, String key, Value value) {
        entries.computeIfAbsent(mapping, _ -> new LinkedHashMap<>()).put(key, value);
        undo.add("+" + path + "/" + key);
    }

    /** Another value for a key that is there. */
    void value(String path, Entry entry, Form form, Value value) {
        replace(path + "/" + entry.key(), entry.value(), form, value);
    }

    private void replace(String path, Node node, Form form, Value value) {
        others.add(() -> editor.replace(node, form, value));
        byte[] text = workload.source().text(node).getBytes(StandardCharsets.UTF_8);
        undo.add("~" + path + "=" + Base64.getUrlEncoder().withoutPadding().encodeToString(text));
    }

    /** Another item behind those of a list. */
    void item(String path, Sequence sequence, String id, Value value) {
        items.computeIfAbsent(sequence, _ -> new ArrayList<>()).add(value);
        undo.add("+" + path + "=" + id);
    }

    /** Another item whose undoing is recorded already. */
    void item(Sequence sequence, Value value) {
        items.computeIfAbsent(sequence, _ -> new ArrayList<>()).add(value);
    }

    /** Items before those of a list. */
    void first(String path, Sequence sequence, List<Value> values) {
        others.add(() -> editor.prepend(sequence, values));
        undo.add("+" + path + "*" + values.size());
    }

    /**
     * An item of a list that may not be there yet, nor what holds the list.
     *
     * @param keys the way to the list
     * @param ids what each item is known by; a word that is there already stays
     */
    void ensure(
            String path, Mapping mapping, List<String> keys, List<String> ids, List<Value> values) {
        String key = keys.getFirst();
        List<String> rest = keys.subList(1, keys.size());
        Entry entry = workload.entry(mapping, key);
        if (entry == null) {
            key(path, mapping, workload.key(mapping, key), nested(mapping, rest, values));
            return;
        }
        String here = path + "/" + entry.key();
        Node node = entry.value();
        if (isEmpty(node)) {
            replace(here, node, mapping.form(), nested(mapping, rest, values));
        } else if (!rest.isEmpty() && node instanceof Mapping inner) {
            ensure(here, inner, rest, ids, values);
        } else if (rest.isEmpty() && node instanceof Sequence list) {
            for (int i = 0; i < ids.size(); i++) {
                int there = Undo.find(workload, list, ids.get(i));
                if (there < 0) {
                    item(here, list, ids.get(i), values.get(i));
                } else {
                    refuseOther(entry.key(), ids.get(i), list.items().get(there).value());
                }
            }
        } else if (rest.isEmpty() && mapping.form().kind() == Form.Kind.HCL) {
            String expression = workload.source().text(node);
            Value concat = new Value.Concat(expression, new Value.Many(values));
            replace(here, node, mapping.form(), concat);
        } else {
            throw workload.source()
                    .error(
                            node.from(),
                            entry.key()
                                    + " must be written out to be added to, found "
                                    + Node.kind(node));
        }
    }

    /** A word that is there is the same; what only has the same name need not be. */
    private void refuseOther(String key, String id, Node there) {
        if (there instanceof Mapping && !key.equals("imagePullSecrets")) {
            throw workload.source()
                    .error(
                            there.from(),
                            key
                                    + " has "
                                    + id
                                    + " already, and nothing says how it came here; take it out"
                                    + " first");
        }
    }

    /** Whether a key is as good as not there. */
    static boolean isEmpty(Node node) {
        return switch (node) {
            case Scalar scalar -> scalar.nothing();
            case Mapping mapping -> mapping.entries().isEmpty() || Workload.isNoValue(mapping);
            case Sequence sequence -> sequence.items().isEmpty();
            case Node.Opaque opaque -> Workload.isNoValue(opaque);
        };
    }

    private Value nested(Mapping beside, List<String> keys, List<Value> values) {
        if (keys.isEmpty()) {
            return new Value.Many(values);
        }
        return Value.fields(
                workload.key(beside, keys.getFirst()),
                nested(beside, keys.subList(1, keys.size()), values));
    }

    /** Hands everything to the editor; once, at the end: the last value holds the record of all. */
    void write() {
        others.forEach(Runnable::run);
        entries.forEach(editor::add);
        items.forEach(editor::add);
    }
}
