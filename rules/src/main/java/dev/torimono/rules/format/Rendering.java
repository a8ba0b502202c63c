// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.format;

import dev.torimono.model.Observation;
import dev.torimono.rules.field.Addresses;
import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.Field.Format;
import dev.torimono.rules.field.FieldType;
import dev.torimono.rules.field.TimeFields;
import dev.torimono.rules.field.Value;
import dev.torimono.rules.plan.Reading;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as text and as JSON has them. */
final class Rendering {
    private Rendering() {}

    /** Appends the text of a value; false for a number that has no printed form. */
    static boolean append(Reading.Entry entry, Value value, Value out) {
        if (!entry.list()) {
            return appendOne(entry, value, out);
        }
        out.append('(');
        for (int i = 0; i < value.count(); i++) {
            if (i > 0) {
                out.append(',');
            }
            appendOne(entry, value.select(i), out);
        }
        out.append(')');
        return true;
    }

    private static boolean appendOne(Reading.Entry entry, Value value, Value out) {
        switch (entry.type().form()) {
            case TEXT -> out.append(value.bytes(), value.from(), value.length());
            case BYTES -> appendDots(value, out);
            case BOOL -> out.append(value.number() != 0 ? "true" : "false");
            case DOUBLE ->
                    out.append(
                            String.format(
                                    Locale.ROOT, "%.1f", Double.longBitsToDouble(value.number())));
            case ADDRESS -> Addresses.append(out, value.bytes(), value.from(), value.length());
            case SIGNED -> {
                return appendNumber(format(entry), value.number(), true, out);
            }
            case UNSIGNED -> {
                return appendNumber(format(entry), value.number(), false, out);
            }
        }
        return true;
    }

    private static boolean appendNumber(Format format, long number, boolean signed, Value out) {
        switch (format) {
            case DEC, ID, DIR -> {
                if (signed) {
                    out.appendDecimal(number);
                } else {
                    out.appendUnsigned(number);
                }
            }
            case HEX -> out.appendRadix(number, 4, true);
            case PADDED_DEC -> {
                if (number >= 0 && number < 1_000_000_000L) {
                    out.appendPadded(number, 9);
                } else {
                    out.appendUnsigned(number);
                }
            }
            case NA -> {
                return false;
            }
        }
        return true;
    }

    /** Numbers that a transformer makes print nowhere in Falco; those of containers do. */
    private static Format format(Reading.Entry entry) {
        Field field = entry.field();
        if (field == null) {
            return Format.NA;
        }
        boolean unstated =
                field.provider() == Field.Provider.CONTAINER || field.type() == FieldType.DYN;
        return unstated && field.format() == Format.NA ? Format.DEC : field.format();
    }

    private static void appendDots(Value value, Value out) {
        for (int i = value.from(); i < value.from() + value.length(); i++) {
            byte b = value.bytes()[i];
            out.append(b >= ' ' && b != 127 ? b : (byte) '.');
        }
    }

    /** What JSON carries: String, Long (BigInteger beyond), Double, Boolean or List of these. */
    static @Nullable Object typed(Reading.Entry entry, Value value, Observation observation) {
        if (!entry.list()) {
            return typedOne(entry, value, observation);
        }
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i < value.count(); i++) {
            items.add(typedOne(entry, value.select(i), observation));
        }
        return items;
    }

    private static @Nullable Object typedOne(
            Reading.Entry entry, Value value, Observation observation) {
        Field field = entry.field();
        return switch (entry.type().form()) {
            case TEXT ->
                    field != null && TimeFields.isWallClock(field)
                            ? (Object) observation.event().timestampNs()
                            : value.toString();
            case BOOL -> value.number() != 0;
            case DOUBLE -> Double.longBitsToDouble(value.number());
            case SIGNED -> number(entry, value, value.number());
            case UNSIGNED ->
                    value.number() >= 0
                            ? number(entry, value, value.number())
                            : number(
                                    entry,
                                    value,
                                    new BigInteger(Long.toUnsignedString(value.number())));
            case BYTES, ADDRESS -> text(entry, value);
        };
    }

    private static @Nullable Object number(Reading.Entry entry, Value value, Number number) {
        return switch (format(entry)) {
            case NA -> null;
            case HEX -> text(entry, value);
            case DEC, ID, DIR, PADDED_DEC -> number;
        };
    }

    private static String text(Reading.Entry entry, Value value) {
        Value out = new Value();
        out.begin();
        appendOne(entry, value, out);
        out.end();
        return out.toString();
    }
}
