// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.demand;

import dev.torimono.model.EventType;
import dev.torimono.model.FdKind;
import dev.torimono.model.Interest;
import dev.torimono.rules.field.EventNames;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Operator;
import dev.torimono.rules.syntax.Quantifier;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What one comparison says of an event, as far as a sensor can see it. */
final class Atom {
    /** Types whose success is the fd they return, and whose object is what they opened. */
    private static final BitSet OPENS = named("open", "openat", "openat2", "creat");

    /** Types that give a negative error, or succeed. */
    private static final BitSet ENDS =
            named("open", "openat", "openat2", "creat", "execve", "execveat");

    private Atom() {}

    static Regions regions(Expr.Compare compare, boolean holds) {
        if (!(compare.left() instanceof Expr.FieldRef field) || field.argument() != null) {
            return Regions.EVERYTHING;
        }
        List<String> values = values(compare);
        if (values.isEmpty()) {
            return Regions.EVERYTHING;
        }
        return switch (field.name()) {
            case "evt.type" -> types(compare, values, holds);
            case "evt.is_open_read" ->
                    modes(compare, values, holds, Interest.OPEN_READ | Interest.OPEN_READ_WRITE);
            case "evt.is_open_write" ->
                    modes(compare, values, holds, Interest.OPEN_WRITE | Interest.OPEN_READ_WRITE);
            case "evt.is_open_create" -> created(compare, values, holds);
            case "fd.num" -> notNegative(compare, values, holds, OPENS);
            case "evt.rawres" -> notNegative(compare, values, holds, ENDS);
            case "evt.failed" -> failed(compare, values, holds);
            case "container.id" -> places(compare, values, holds);
            case "fd.typechar" ->
                    kinds(compare, holds, k -> values.contains(String.valueOf(k.typeChar())));
            case "fd.type" ->
                    kinds(
                            compare,
                            holds,
                            k -> k.typeName() != null && values.contains(k.typeName()));
            case "fd.name", "fd.directory", "fd.filename" ->
                    holds ? PathAtom.regions(field.name(), compare, values) : Regions.EVERYTHING;
            default -> Regions.EVERYTHING;
        };
    }

    /**
     * The right side's constants; empty when it has others, or a quantifier that changes their
     * sense.
     */
    private static List<String> values(Expr.Compare compare) {
        Quantifier quantifier = compare.quantifier();
        boolean any = quantifier == null || quantifier == Quantifier.ANY_OF;
        return switch (compare.right()) {
            case Expr.Value value when any -> List.of(value.text());
            case Expr.ValueList list when any -> list.values();
            case Expr.Value value -> List.of();
            case Expr.ValueList list -> List.of();
            case Expr.Operand operand -> List.of();
        };
    }

    private static boolean isEqual(Operator operator) {
        return operator == Operator.EQ
                || operator == Operator.EQEQ
                || operator == Operator.IN
                || operator == Operator.INTERSECTS;
    }

    /** Whether the comparison selects its values: 1 yes, -1 all others, 0 it cannot be told. */
    private static int selects(Expr.Compare compare, boolean holds) {
        if (isEqual(compare.operator())) {
            return holds ? 1 : -1;
        }
        if (compare.operator() == Operator.NE && compare.quantifier() == null) {
            return holds ? -1 : 1;
        }
        return 0;
    }

    private static Regions types(Expr.Compare compare, List<String> values, boolean holds) {
        int selects = selects(compare, holds);
        if (selects == 0) {
            return Regions.EVERYTHING;
        }
        BitSet types = named(values.toArray(String[]::new));
        if (selects < 0) {
            types.flip(0, EventType.count());
        }
        return Regions.of(Region.ofTypes(types));
    }

    private static Regions modes(
            Expr.Compare compare, List<String> values, boolean holds, int mask) {
        int selects = values.size() == 1 ? selects(compare, holds) : 0;
        if (selects == 0) {
            return Regions.EVERYTHING;
        }
        boolean wanted = values.getFirst().equals("true") == (selects > 0);
        return Regions.of(Region.everything().withModes(wanted ? mask : Interest.ANY_MODE & ~mask));
    }

    /** What an open makes is a file: folders, devices and pipes are made by other calls. */
    private static Regions created(Expr.Compare compare, List<String> values, boolean holds) {
        int selects = values.size() == 1 ? selects(compare, holds) : 0;
        if (selects == 0 || values.getFirst().equals("true") != (selects > 0)) {
            return Regions.EVERYTHING;
        }
        int files = 0;
        for (FdKind kind : FdKind.values()) {
            files |= kind.typeChar() == 'f' ? 1 << kind.code() : 0;
        }
        return Regions.of(Region.ofTypes(OPENS).withKinds(files), Region.ofTypes(without(OPENS)));
    }

    /**
     * A result or an fd that is not negative tells who succeeded; of other types it tells nothing.
     */
    private static Regions notNegative(
            Expr.Compare compare, List<String> values, boolean holds, BitSet of) {
        boolean succeeded =
                holds
                        && ((compare.operator() == Operator.GE && values.getFirst().equals("0"))
                                || (compare.operator() == Operator.GT
                                        && values.getFirst().equals("-1")));
        return succeeded ? ended(of, Interest.SUCCEEDED) : Regions.EVERYTHING;
    }

    private static Regions failed(Expr.Compare compare, List<String> values, boolean holds) {
        int selects = values.size() == 1 ? selects(compare, holds) : 0;
        if (selects == 0) {
            return Regions.EVERYTHING;
        }
        boolean failed = values.getFirst().equals("true") == (selects > 0);
        return ended(ENDS, failed ? Interest.FAILED : Interest.SUCCEEDED);
    }

    private static Regions ended(BitSet of, int outcome) {
        return Regions.of(Region.ofTypes(of).withOutcomes(outcome), Region.ofTypes(without(of)));
    }

    private static BitSet without(BitSet types) {
        BitSet others = (BitSet) types.clone();
        others.flip(0, EventType.count());
        return others;
    }

    /**
     * Only a comparison with {@code host} separates places; another id is some container or
     * pending.
     */
    private static Regions places(Expr.Compare compare, List<String> values, boolean holds) {
        int selects = selects(compare, holds);
        if (selects == 0 || !values.equals(List.of("host"))) {
            return Regions.EVERYTHING;
        }
        return Regions.of(
                Region.everything()
                        .withPlaces(selects > 0 ? Interest.ON_HOST : Interest.IN_CONTAINER));
    }

    /** Negated, a missing fd would satisfy it too: then it tells nothing. */
    private static Regions kinds(Expr.Compare compare, boolean holds, Predicate<FdKind> named) {
        if (!holds || !isEqual(compare.operator())) {
            return Regions.EVERYTHING;
        }
        int kinds = 0;
        for (FdKind kind : FdKind.values()) {
            if (named.test(kind)) {
                kinds |= 1 << kind.code();
            }
        }
        return Regions.of(Region.everything().withKinds(kinds));
    }

    private static BitSet named(String... names) {
        Set<String> distinct = new HashSet<>(List.of(names));
        BitSet codes = new BitSet();
        distinct.forEach(name -> codes.or(EventNames.codes(name)));
        return codes;
    }
}
