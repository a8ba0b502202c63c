// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Accounts;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;
import dev.torimono.rules.field.Readers;
import dev.torimono.rules.field.TypeFacts;
import dev.torimono.rules.field.Value;
import dev.torimono.rules.plan.Source.Several;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes out of a condition what the event's type decides alone. What remains is only evaluated for
 * types that it can hold for, without looking at the type again.
 */
final class Specializer {
    private final EventType type;
    private final Observation empty;
    private final Value value = new Value();

    Specializer(EventType type) {
        this.type = type;
        this.empty =
                new Observation(Accounts.NONE, FdTable.NONE)
                        .set(new EventBuilder(type, 1, 0).event(), null, null);
    }

    Node specialize(Node node) {
        return switch (node) {
            case Node.All all -> all(all.parts());
            case Node.Any any -> any(any.parts());
            case Node.One one -> new Node.One(one.parts().stream().map(this::specialize).toList());
            case Node.Not not -> negate(specialize(not.part()));
            case Node.Constant constant -> constant;
            case Node.Present present ->
                    decided(present.source()) ? constant(read(present.source())) : present;
            case Node.Test test ->
                    test.source().several() == Several.NO && decided(test.source())
                            ? constant(read(test.source()) && test.match().test(value))
                            : test;
            case Node.Pair pair ->
                    missing(pair.left()) || missing(pair.right()) ? Node.FALSE : pair;
        };
    }

    private Node all(List<Node> parts) {
        List<Node> left = new ArrayList<>(parts.size());
        for (Node part : parts) {
            Node special = specialize(part);
            if (special.equals(Node.FALSE)) {
                return Node.FALSE;
            }
            if (!special.equals(Node.TRUE)) {
                left.add(special);
            }
        }
        return left.isEmpty() ? Node.TRUE : left.size() == 1 ? left.getFirst() : new Node.All(left);
    }

    private Node any(List<Node> parts) {
        List<Node> left = new ArrayList<>(parts.size());
        for (Node part : parts) {
            Node special = specialize(part);
            if (special.equals(Node.TRUE)) {
                return Node.TRUE;
            }
            if (!special.equals(Node.FALSE)) {
                left.add(special);
            }
        }
        return left.isEmpty()
                ? Node.FALSE
                : left.size() == 1 ? left.getFirst() : new Node.Any(left);
    }

    private static Node negate(Node part) {
        return switch (part) {
            case Node.Constant constant -> constant(!constant.value());
            case Node.Not not -> not.part();
            default -> new Node.Not(part);
        };
    }

    private static Node constant(boolean value) {
        return value ? Node.TRUE : Node.FALSE;
    }

    private boolean missing(Source source) {
        return decided(source) && !read(source);
    }

    private boolean decided(Source source) {
        return source instanceof Source.OfField field
                && field.several() == Several.NO
                && TypeFacts.decides(field.use(), type);
    }

    private boolean read(Source source) {
        return source instanceof Source.OfField field && Readers.of(field.use()).read(empty, value);
    }
}
