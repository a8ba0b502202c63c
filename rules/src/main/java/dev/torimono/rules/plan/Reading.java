// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Observation;
import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.field.FieldType;
import dev.torimono.rules.field.Value;
import dev.torimono.rules.syntax.Expr;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Fields and transformed fields read outside conditions, for outputs. One owner thread. */
public final class Reading {
    private final SourceCompiler sources;
    private final Slots slots = new Slots();
    private final Context context = new Context();
    private final IdentityHashMap<Expr.Operand, Entry> entries = new IdentityHashMap<>();

    /**
     * One thing to read.
     *
     * @param field the field itself; null for a transformed one
     * @param type type of the value
     * @param list whether it is a list
     */
    public record Entry(@Nullable Field field, FieldType type, boolean list, Input input) {}

    /** Where an entry's value is read; opaque outside this package. */
    public static final class Input {
        private final Source source;
        private @Nullable Slot slot;

        Input(Source source) {
            this.source = source;
        }
    }

    public Reading(FieldCatalog catalog, String source) {
        this.sources = new SourceCompiler(catalog, source);
    }

    /**
     * Checks an operand.
     *
     * @throws dev.torimono.rules.RuleException when it cannot be read
     */
    public Entry entry(Expr.Operand operand) {
        Entry known = entries.get(operand);
        if (known == null) {
            TypedSource typed = sources.left(operand);
            Input input = new Input(typed.source());
            known = new Entry(typed.field(), typed.type(), typed.list(), input);
            entries.put(operand, known);
        }
        return known;
    }

    /** Whether the value depends on what a runtime tells of the container. */
    public static boolean isLate(Entry entry) {
        return Late.in(entry.input().source);
    }

    /** Turns to an event. */
    public void next(Observation observation) {
        context.next(observation);
    }

    /** The value for the present event; null when it is missing. */
    public @Nullable Value read(Entry entry) {
        Slot slot = entry.input().slot;
        if (slot == null) {
            slot = slots.of(entry.input().source);
            entry.input().slot = slot;
        }
        return slot.get(context) ? slot.value : null;
    }

    /** Whether a warning is due for using the field. */
    public static boolean isDeprecated(Field field) {
        return WarningCollector.isDeprecated(field);
    }
}
