// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Item;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Opaque;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.tree.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One ECS task or Kubernetes pod in a text.
 *
 * @param what its kind and name, for people
 * @param dialect its language
 * @param root what holds its containers and volumes; null where only a list of containers is given
 * @param containers its containers
 * @param ends whether it ends by itself, as jobs do
 */
public record Workload(
        Source source,
        String what,
        Dialect dialect,
        @Nullable Mapping root,
        Sequence containers,
        boolean ends) {

    boolean isPod() {
        return dialect == Dialect.KUBERNETES;
    }

    /** What its containers are called. */
    public List<String> containerNames() {
        return list().stream().map(Container::name).toList();
    }

    /** Init containers come last: their numbers must not move when ours are put before them. */
    List<Container> list() {
        List<Mapping> bodies = new ArrayList<>();
        for (Item item : containers.items()) {
            collect(item.value(), bodies);
        }
        int ordinary = bodies.size();
        if (isPod() && root != null && root.get("initContainers") instanceof Sequence init) {
            init.items().forEach(one -> collect(one.value(), bodies));
        }
        Map<String, Integer> names = new HashMap<>();
        bodies.forEach(one -> names.merge(name(one), 1, Integer::sum));
        List<Container> all = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
            Mapping body = bodies.get(i);
            String name = name(body);
            boolean unique = names.getOrDefault(name, 0) == 1 && name.matches("[A-Za-z0-9_.-]+");
            all.add(new Container(body, name, unique ? name : "#" + i, i >= ordinary));
        }
        return List.copyOf(all);
    }

    /** A container, or those of which CloudFormation chooses one. */
    private void collect(Node node, List<Mapping> bodies) {
        Node choice = condition(node);
        if (choice instanceof Sequence branches && branches.items().size() == 3) {
            collect(branches.items().get(1).value(), bodies);
            collect(branches.items().get(2).value(), bodies);
        } else if (node instanceof Mapping body && body.entry("Ref") == null) {
            if (body.entries().isEmpty()) {
                throw source.error(body.from(), "an empty container");
            }
            bodies.add(body);
        } else if (!isNoValue(node)) {
            throw source.error(
                    node.from(),
                    "a container must stand here, found "
                            + Node.kind(node)
                            + "; what it comes to is not known here");
        }
    }

    private static @Nullable Node condition(Node node) {
        if (node instanceof Opaque(int _, int _, String what, Node inner) && what.equals("!If")) {
            return inner;
        }
        return node instanceof Mapping mapping ? mapping.get("Fn::If") : null;
    }

    /** What takes a property away in CloudFormation. */
    static boolean isNoValue(Node node) {
        String what =
                switch (node) {
                    case Opaque(int _, int _, String tag, Scalar name) when tag.equals("!Ref") ->
                            name.value();
                    case Mapping mapping -> mapping.text("Ref");
                    case Opaque _, Scalar _, Sequence _ -> null;
                };
        return "AWS::NoValue".equals(what);
    }

    private String name(Mapping container) {
        Node name = value(container, "name");
        return switch (name) {
            case null -> throw source.error(container.from(), "a container without a name");
            case Scalar scalar -> scalar.value();
            case Opaque _, Mapping _, Sequence _ -> source.text(name);
        };
    }

    @Nullable Node value(Mapping mapping, String key) {
        Entry entry = entry(mapping, key);
        return entry == null ? null : entry.value();
    }

    /** ECS's own JSON begins keys in lower case, CloudFormation in upper case, and people mix. */
    @Nullable Entry entry(Mapping mapping, String key) {
        Entry merged = mapping.entry("<<");
        if (merged != null) {
            throw source.error(
                    merged.from(), "a merge key may bring anything; write out what it brings");
        }
        Entry lower = mapping.entry(key);
        if (isPod()) {
            return lower;
        }
        Entry upper = mapping.entry(upper(key));
        if (lower != null && upper != null) {
            throw source.error(
                    Math.max(lower.from(), upper.from()),
                    "both " + lower.key() + " and " + upper.key() + " are there");
        }
        return lower != null ? lower : upper;
    }

    /** The text of a key's value, empty for none. */
    String text(Mapping mapping, String key) {
        return value(mapping, key) instanceof Scalar scalar ? scalar.value() : "";
    }

    /** How a new key is written beside those that are there. */
    String key(Mapping beside, String key) {
        boolean upper =
                isPod()
                        ? false
                        : beside.entries().isEmpty()
                                ? capitals()
                                : Character.isUpperCase(
                                        beside.entries().getFirst().key().charAt(0));
        return upper ? upper(key) : key;
    }

    /** Whether keys of new mappings begin with capitals. */
    boolean capitals() {
        return dialect == Dialect.CLOUDFORMATION_JSON || dialect == Dialect.CLOUDFORMATION_YAML;
    }

    static String upper(String key) {
        return key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    }
}
