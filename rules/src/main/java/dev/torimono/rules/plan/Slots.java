// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.FieldUse;
import dev.torimono.rules.field.Reader;
import dev.torimono.rules.field.Readers;
import dev.torimono.rules.field.Value;
import dev.torimono.rules.plan.Source.Several;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes one slot per distinct source. */
final class Slots {
    private final Map<Object, Slot> known = new HashMap<>();

    private final Map<Slot, SeenSlot> seen = new HashMap<>();

    /** A field's candidates have a slot of their own beside the plain value's. */
    private record Candidates(FieldUse use) {}

    Slot of(Source source) {
        Object key = key(source);
        Slot slot = known.get(key);
        if (slot == null) {
            slot = make(source);
            known.put(key, slot);
        }
        return slot;
    }

    /** Where the source's text was seen before. */
    SeenSlot seen(Source source) {
        return seen.computeIfAbsent(
                of(source), slot -> new SeenSlot(slot, source.equals(FdName.SOURCE)));
    }

    private static Object key(Source source) {
        return switch (source) {
            case Source.OfField field ->
                    isCandidates(field) ? new Candidates(field.use()) : field.use();
            case Source.Literal literal -> literal;
            case Source.Digits digits -> digits;
            case Source.Listed listed -> listed.comparing(Several.NO);
            case Source.Transformed transformed -> transformed.comparing(Several.NO);
        };
    }

    private static boolean isCandidates(Source.OfField field) {
        return field.several() == Several.ANY || field.several() == Several.EVERY;
    }

    private Slot make(Source source) {
        return switch (source) {
            case Source.OfField field -> ofField(field);
            case Source.Literal literal -> new OfLiteral(literal);
            case Source.Digits digits -> new OfDigits(of(digits.number()), digits.signed());
            case Source.Listed listed -> new OfList(slots(listed.parts()));
            case Source.Transformed t -> TransformSlot.of(t.transformer(), slots(t.arguments()), t);
        };
    }

    private Slot[] slots(List<Source> sources) {
        return sources.stream().map(this::of).toArray(Slot[]::new);
    }

    private static Slot ofField(Source.OfField field) {
        Reader reader = isCandidates(field) ? Readers.candidates(field.use()) : null;
        return new OfField(reader != null ? reader : Readers.of(field.use()));
    }

    private static final class OfField extends Slot {
        private final Reader reader;

        OfField(Reader reader) {
            this.reader = reader;
        }

        @Override
        boolean fill(Context context) {
            return reader.read(context.observation(), value);
        }
    }

    private static final class OfLiteral extends Slot {
        OfLiteral(Source.Literal literal) {
            value.text(literal.text());
        }

        @Override
        boolean fill(Context context) {
            return true;
        }
    }

    private static final class OfDigits extends Slot {
        private final Slot number;
        private final boolean signed;

        OfDigits(Slot number, boolean signed) {
            this.number = number;
            this.signed = signed;
        }

        @Override
        boolean fill(Context context) {
            if (!number.get(context)) {
                return false;
            }
            long n = number.value.number();
            value.begin();
            return (signed ? value.appendDecimal(n) : value.appendUnsigned(n)).end();
        }
    }

    private static final class OfList extends Slot {
        private final Slot[] parts;

        OfList(Slot[] parts) {
            this.parts = parts;
        }

        @Override
        boolean fill(Context context) {
            value.clear();
            for (Slot part : parts) {
                if (!part.get(context)) {
                    return false;
                }
                Value of = part.value;
                value.add(of.bytes(), of.from(), of.length());
            }
            return true;
        }
    }
}
