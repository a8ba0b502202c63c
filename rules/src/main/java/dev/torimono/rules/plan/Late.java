// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.FieldUse;
import dev.torimono.rules.field.Reader;
import dev.torimono.rules.field.Readers;
import java.util.List;
import java.util.Set;

/**
 * What of a condition depends on a container's description, which comes later than the first events
 * of the container.
 */
final class Late {
    /** Told by the cgroup path, so never late. */
    private static final Set<String> AT_ONCE = Set.of("container.id", "container.full_id");

    private Late() {}

    static boolean in(Source source) {
        return switch (source) {
            case Source.OfField field -> in(field.use());
            case Source.Literal literal -> false;
            case Source.Digits digits -> in(digits.number());
            case Source.Listed listed -> listed.parts().stream().anyMatch(Late::in);
            case Source.Transformed t -> t.arguments().stream().anyMatch(Late::in);
        };
    }

    private static boolean in(FieldUse use) {
        Field field = use.field();
        return field.provider() == Field.Provider.CONTAINER
                && !AT_ONCE.contains(field.name())
                // Fields that exist for old rules only will never be told.
                && !Reader.MISSING.equals(Readers.of(use));
    }

    static boolean in(Node node) {
        return switch (node) {
            case Node.All all -> all.parts().stream().anyMatch(Late::in);
            case Node.Any any -> any.parts().stream().anyMatch(Late::in);
            case Node.One one -> one.parts().stream().anyMatch(Late::in);
            case Node.Not not -> in(not.part());
            case Node.Constant constant -> false;
            case Node.Present present -> in(present.source());
            case Node.Test test -> in(test.source());
            case Node.Pair pair -> in(pair.left()) || in(pair.right());
        };
    }

    /** A condition that holds whenever the node can come out as wanted for some container. */
    static Node may(Node node, boolean wanted) {
        if (!in(node)) {
            return wanted ? node : new Node.Not(node);
        }
        return switch (node) {
            case Node.All all -> wanted ? all(all.parts(), true) : any(all.parts(), false);
            case Node.Any any -> wanted ? any(any.parts(), true) : all(any.parts(), false);
            case Node.Not not -> may(not.part(), !wanted);
            case Node.One one -> Node.TRUE;
            case Node.Constant constant -> constant;
            case Node.Present present -> Node.TRUE;
            case Node.Test test -> Node.TRUE;
            case Node.Pair pair -> Node.TRUE;
        };
    }

    private static Node all(List<Node> parts, boolean wanted) {
        List<Node> left =
                parts.stream().map(p -> may(p, wanted)).filter(n -> !n.equals(Node.TRUE)).toList();
        return left.isEmpty() ? Node.TRUE : new Node.All(left);
    }

    private static Node any(List<Node> parts, boolean wanted) {
        List<Node> all = parts.stream().map(p -> may(p, wanted)).toList();
        return all.contains(Node.TRUE) ? Node.TRUE : new Node.Any(all);
    }
}
