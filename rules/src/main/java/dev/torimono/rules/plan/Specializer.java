// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Accounts;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;
import dev.torimono.rules.field.FieldUse;
import dev.torimono.rules.field.Reader;
import dev.torimono.rules.field.Readers;
import dev.torimono.rules.field.TypeFacts;
import dev.torimono.rules.field.TypeFacts.Decision;
import dev.torimono.rules.field.Value;
import dev.torimono.rules.plan.Source.Several;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a condition what the event's type decides alone. What remains is only evaluated for
 * types that it can hold for, without looking at the type again.
 */
final class Specializer {
    private final EventType type;
    private final Map<FieldUse, Reader> readers;
    private final Value value = new Value();
    private @Nullable Observation empty;

    /**
     * For one type.
     *
     * @param readers shared by specializers of the same rules
     */
    Specializer(EventType type, Map<FieldUse, Reader> readers) {
        this.type = type;
        this.readers = readers;
    }

    /** Whether a source's value can follow from the type of some event. */
    static boolean mayDecide(Source source) {
        return source instanceof Source.OfField field
                && field.several() == Several.NO
                && TypeFacts.mayDecide(field.use());
    }

    Node specialize(Node node) {
        return switch (node) {
            case Node.All all -> all(all.parts());
            case Node.Any any -> any(any.parts());
            case Node.One one -> new Node.One(one.parts().stream().map(this::specialize).toList());
            case Node.Not not -> negate(specialize(not.part()));
            case Node.Constant constant -> constant;
            case Node.Present present ->
                    switch (decide(present.source())) {
                        case OPEN -> present;
                        case MISSING -> Node.FALSE;
                        case FIXED -> constant(read(present.source()));
                    };
            case Node.Test test when isNumberZero(test) -> Node.FALSE;
            case Node.Test test ->
                    switch (decide(test.source())) {
                        case OPEN -> test;
                        case MISSING -> Node.FALSE;
                        case FIXED -> constant(read(test.source()) && test.match().test(value));
                    };
            case Node.Pair pair ->
                    decide(pair.left()) == Decision.MISSING
                                    || decide(pair.right()) == Decision.MISSING
                            ? Node.FALSE
                            : pair;
        };
    }

    /** Events are numbered from 1: rules say {@code evt.num=0} where they mean never. */
    private static boolean isNumberZero(Node.Test test) {
        return test.source() instanceof Source.OfField field
                && field.use().field().name().equals("evt.num")
                && test.match() instanceof Match.NumberOrder order
                && order.operator() == PairOperator.EQ
                && order.number() == 0;
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

    private Decision decide(Source source) {
        return source instanceof Source.OfField field && mayDecide(source)
                ? TypeFacts.decide(field.use(), type)
                : Decision.OPEN;
    }

    private boolean read(Source source) {
        return source instanceof Source.OfField field
                && readers.computeIfAbsent(field.use(), Readers::of).read(empty(), value);
    }

    /** An event of the type without parameters. */
    private Observation empty() {
        Observation known = empty;
        if (known == null) {
            known =
                    new Observation(Accounts.NONE, FdTable.NONE)
                            .set(new EventBuilder(type, 1, 0).event(), null, null);
            empty = known;
        }
        return known;
    }
}
