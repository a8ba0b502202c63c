// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.write.Editor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what {@link Changes} did, word by word of its record:
 *
 * <pre>
 * +PATH        the key was not there
 * +PATH=ID     this item was not there
 * +PATH*N      the first N items were not there
 * ~PATH=BASE64 the value was written like this
 * </pre>
 *
 * What somebody has taken out since is not missed.
 */
final class Undo {
    private final Workload workload;
    private final Editor editor;
    private final List<Container> containers;
    private final IdentityHashMap<Mapping, SortedSet<Integer>> entries = new IdentityHashMap<>();
    private final IdentityHashMap<Sequence, SortedSet<Integer>> items = new IdentityHashMap<>();

    Undo(Workload workload, Editor editor) {
        this.workload = workload;
        this.editor = editor;
        this.containers = workload.list();
    }

    void all(List<String> words) {
        for (String word : words) {
            try {
                word(word);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw workload.source()
                        .error(
                                workload.containers().from(),
                                Names.RECORD + " was damaged at \"" + word + "\"");
            }
        }
        entries.forEach(editor::remove);
        items.forEach(editor::remove);
    }

    private void word(String word) {
        int equals = word.indexOf('=');
        int star = word.indexOf('*');
        if (word.startsWith("~") && equals > 0) {
            Node node = node(word.substring(1, equals));
            if (node != null) {
                byte[] text = Base64.getUrlDecoder().decode(word.substring(equals + 1));
                editor.restore(node, new String(text, StandardCharsets.UTF_8));
            }
        } else if (equals > 0) {
            if (node(word.substring(1, equals)) instanceof Sequence list) {
                remove(list, find(workload, list, word.substring(equals + 1)));
            }
        } else if (star > 0) {
            if (node(word.substring(1, star)) instanceof Sequence list && isOurs(list)) {
                int count = Integer.parseInt(word.substring(star + 1));
                for (int i = 0; i < Math.min(count, list.items().size()); i++) {
                    remove(list, i);
                }
            }
        } else {
            removeKey(word.substring(1));
        }
    }

    private void removeKey(String path) {
        int slash = path.lastIndexOf('/');
        if (node(path.substring(0, slash)) instanceof Mapping mapping) {
            Entry entry = mapping.entry(path.substring(slash + 1));
            if (entry != null) {
                entries.computeIfAbsent(mapping, _ -> new TreeSet<>())
                        .add(mapping.entries().indexOf(entry));
            }
        }
    }

    private void remove(Sequence list, int number) {
        if (number >= 0) {
            items.computeIfAbsent(list, _ -> new TreeSet<>()).add(number);
        }
    }

    /** What was put first is the launcher, as a word or as a container that brings it. */
    private static boolean isOurs(Sequence list) {
        if (list.items().isEmpty()) {
            return false;
        }
        return switch (list.items().getFirst().value()) {
            case Scalar scalar -> scalar.value().equals(Names.LAUNCHER);
            case Mapping mapping -> Names.LAUNCHER_CONTAINER.equals(mapping.text("name"));
            case Sequence _, Node.Opaque _ -> false;
        };
    }

    /** {@code .} is the root, {@code $} the list of containers, {@code @x} a container. */
    private @Nullable Node node(String path) {
        String[] parts = path.split("/");
        Node node =
                switch (parts[0]) {
                    case "." -> workload.root();
                    case "$" -> workload.containers();
                    default -> container(parts[0]);
                };
        for (int i = 1; i < parts.length; i++) {
            node = node instanceof Mapping mapping ? mapping.get(parts[i]) : null;
        }
        return node;
    }

    private @Nullable Node container(String path) {
        return containers.stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .map(Container::body)
                .orElse(null);
    }

    /** The number of an item: a word, or a mapping that names itself so; -1 for none. */
    static int find(Workload workload, Sequence list, String id) {
        List<Node> values = new ArrayList<>();
        list.items().forEach(one -> values.add(one.value()));
        for (int i = 0; i < values.size(); i++) {
            if (id.equals(id(workload, values.get(i)))) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable String id(Workload workload, Node node) {
        if (node instanceof Scalar scalar) {
            return scalar.value();
        }
        if (node instanceof Mapping mapping) {
            for (String key : List.of("name", "sourceContainer", "containerName")) {
                if (workload.value(mapping, key) instanceof Scalar scalar) {
                    return scalar.value();
                }
            }
        }
        return null;
    }
}
