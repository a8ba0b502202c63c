// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.ByteText;
import dev.torimono.rules.field.Value;
import dev.torimono.rules.syntax.Transformer;

/** The transformers. Each is missing when an argument is. */
final class TransformSlot {
    private TransformSlot() {}

    static Slot of(Transformer transformer, Slot[] arguments, Source.Transformed call) {
        boolean ofList = call.list();
        return switch (transformer) {
            case TOLOWER -> new OfTexts(arguments[0], ofList, TransformSlot::lower);
            case TOUPPER -> new OfTexts(arguments[0], ofList, TransformSlot::upper);
            case BASENAME -> new OfTexts(arguments[0], ofList, TransformSlot::basename);
            case B64 -> new OfTexts(arguments[0], ofList, Base64Text::decode);
            case LEN -> new Length(arguments[0], isList(call.arguments().getFirst()));
            case JOIN -> new Join(arguments[0], arguments[1]);
            case CONCAT -> new Concat(arguments);
            case GETOPT -> new GetoptSlot(arguments[0], arguments[1], call.argument());
            case VAL -> arguments[0];
        };
    }

    private static boolean isList(Source source) {
        return switch (source) {
            case Source.OfField field -> field.use().field().list();
            case Source.Listed listed -> true;
            case Source.Literal literal -> false;
            case Source.Digits digits -> false;
            case Source.Transformed transformed -> transformed.list();
        };
    }

    /** Appends what becomes of a text; false when it cannot be transformed. */
    @FunctionalInterface
    interface TextFunction {
        boolean apply(byte[] bytes, int from, int length, Value target);
    }

    private static boolean lower(byte[] bytes, int from, int length, Value target) {
        for (int i = from; i < from + length; i++) {
            byte b = bytes[i];
            target.append(b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b);
        }
        return true;
    }

    private static boolean upper(byte[] bytes, int from, int length, Value target) {
        for (int i = from; i < from + length; i++) {
            byte b = bytes[i];
            target.append(b >= 'a' && b <= 'z' ? (byte) (b - 32) : b);
        }
        return true;
    }

    private static boolean basename(byte[] bytes, int from, int length, Value target) {
        int slash = ByteText.lastIndex(bytes, from, length, '/');
        int start = slash < 0 ? from : slash + 1;
        target.append(bytes, start, from + length - start);
        return true;
    }

    /** Applies a function to a text, or to each of a list. */
    private static final class OfTexts extends Slot {
        private final Slot argument;
        private final boolean list;
        private final TextFunction function;
        private final Value element = new Value();

        OfTexts(Slot argument, boolean list, TextFunction function) {
            this.argument = argument;
            this.list = list;
            this.function = function;
        }

        @Override
        boolean fill(Context context) {
            if (!argument.get(context)) {
                return false;
            }
            Value of = argument.value;
            if (!list) {
                value.begin();
                return function.apply(of.bytes(), of.from(), of.length(), value) && value.end();
            }
            value.clear();
            for (int i = 0; i < of.count(); i++) {
                of.select(i);
                element.begin();
                if (!function.apply(of.bytes(), of.from(), of.length(), element)) {
                    return false;
                }
                element.end();
                // Elements outlive the next one: a list inside a transformer is rare.
                value.add(element.toText());
            }
            return true;
        }
    }

    private static final class Length extends Slot {
        private final Slot argument;
        private final boolean list;

        Length(Slot argument, boolean list) {
            this.argument = argument;
            this.list = list;
        }

        @Override
        boolean fill(Context context) {
            return argument.get(context)
                    && value.number(list ? argument.value.count() : argument.value.length());
        }
    }

    private static final class Join extends Slot {
        private final Slot separator;
        private final Slot list;

        Join(Slot separator, Slot list) {
            this.separator = separator;
            this.list = list;
        }

        @Override
        boolean fill(Context context) {
            if (!separator.get(context) || !list.get(context)) {
                return false;
            }
            Value between = separator.value;
            value.begin();
            for (int i = 0; i < list.value.count(); i++) {
                if (i > 0) {
                    value.append(between.bytes(), between.from(), between.length());
                }
                Value item = list.value.select(i);
                value.append(item.bytes(), item.from(), item.length());
            }
            return value.end();
        }
    }

    private static final class Concat extends Slot {
        private final Slot[] parts;

        Concat(Slot[] parts) {
            this.parts = parts;
        }

        @Override
        boolean fill(Context context) {
            value.begin();
            for (Slot part : parts) {
                if (!part.get(context)) {
                    return false;
                }
                value.append(part.value.bytes(), part.value.from(), part.value.length());
            }
            return value.end();
        }
    }
}
