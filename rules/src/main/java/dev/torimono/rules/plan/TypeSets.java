// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.EventType;
import dev.torimono.rules.field.FieldUse;
import dev.torimono.rules.field.Reader;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For which event types a condition can hold at all. Errs only towards more; equal tests are looked
 * at once, however many rules have them.
 */
final class TypeSets {
    private static final BitSet ALL = all();

    private final Specializer[] specializers;
    private final Map<Node, Outcomes> ofTests = new HashMap<>();

    /**
     * Types by what a condition can be for them.
     *
     * @param holds it can hold
     * @param fails it can fail
     */
    private record Outcomes(BitSet holds, BitSet fails) {}

    private static final Outcomes ANY = new Outcomes(ALL, ALL);

    TypeSets() {
        Map<FieldUse, Reader> readers = new HashMap<>();
        specializers =
                EventType.all().stream()
                        .map(type -> new Specializer(type, readers))
                        .toArray(Specializer[]::new);
    }

    /** Codes of the types that the condition can hold for; read only. */
    BitSet of(Node node) {
        return outcomes(node).holds();
    }

    private Outcomes outcomes(Node node) {
        return switch (node) {
            case Node.All all -> every(all.parts());
            case Node.Any any -> some(any.parts());
            case Node.One one -> new Outcomes(some(one.parts()).holds(), ALL);
            case Node.Not not -> {
                Outcomes of = outcomes(not.part());
                yield new Outcomes(/* holds= */ of.fails(), /* fails= */ of.holds());
            }
            case Node.Constant constant ->
                    constant.value()
                            ? new Outcomes(ALL, new BitSet())
                            : new Outcomes(new BitSet(), ALL);
            case Node.Test test -> leaf(test, test.source());
            case Node.Present present -> leaf(present, present.source());
            case Node.Pair pair -> ANY;
        };
    }

    private Outcomes every(List<Node> parts) {
        BitSet holds = (BitSet) ALL.clone();
        BitSet fails = new BitSet();
        for (Node part : parts) {
            Outcomes of = outcomes(part);
            holds.and(of.holds());
            fails.or(of.fails());
        }
        return new Outcomes(holds, fails);
    }

    private Outcomes some(List<Node> parts) {
        BitSet holds = new BitSet();
        BitSet fails = (BitSet) ALL.clone();
        for (Node part : parts) {
            Outcomes of = outcomes(part);
            holds.or(of.holds());
            fails.and(of.fails());
        }
        return new Outcomes(holds, fails);
    }

    private Outcomes leaf(Node node, Source source) {
        if (!Specializer.mayDecide(source)) {
            return ANY;
        }
        Outcomes known = ofTests.get(node);
        if (known != null) {
            return known;
        }
        BitSet holds = new BitSet();
        BitSet fails = new BitSet();
        for (int code = 0; code < specializers.length; code++) {
            Node special = specializers[code].specialize(node);
            holds.set(code, !special.equals(Node.FALSE));
            fails.set(code, !special.equals(Node.TRUE));
        }
        Outcomes outcomes = new Outcomes(holds, fails);
        ofTests.put(node, outcomes);
        return outcomes;
    }

    private static BitSet all() {
        BitSet all = new BitSet();
        all.set(0, EventType.count());
        return all;
    }
}
