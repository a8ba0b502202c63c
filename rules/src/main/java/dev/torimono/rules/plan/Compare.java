// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.ByteText;
import dev.torimono.rules.field.Value;
import java.util.Arrays;

/** Comparisons that matches and pairs share. */
final class Compare {
    private Compare() {}

    /** Whether an ordering satisfies an operator. */
    static boolean holds(PairOperator operator, int order) {
        return switch (operator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
            case CONTAINS, ICONTAINS, STARTSWITH, ENDSWITH, GLOB, IGLOB, IN, INTERSECTS ->
                    throw new IllegalArgumentException(operator + " is no order");
        };
    }

    static boolean containsIgnoringCase(byte[] bytes, int from, int length, byte[] wanted) {
        for (int at = from, last = from + length - wanted.length; at <= last; at++) {
            int i = 0;
            while (i < wanted.length && lower(bytes[at + i]) == lower(wanted[i])) {
                i++;
            }
            if (i == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    static boolean numbers(PairOperator operator, Value left, Value right, boolean signed) {
        int order =
                signed
                        ? Long.compare(left.number(), right.number())
                        : Long.compareUnsigned(left.number(), right.number());
        return switch (operator) {
            case EQ, NE, LT, LE, GT, GE -> holds(operator, order);
            case IN, INTERSECTS -> order == 0;
            case CONTAINS, ICONTAINS, STARTSWITH, ENDSWITH, GLOB, IGLOB -> false;
        };
    }

    static boolean texts(PairOperator operator, Value left, Value right) {
        byte[] a = left.bytes();
        byte[] b = right.bytes();
        int endA = left.from() + left.length();
        int endB = right.from() + right.length();
        return switch (operator) {
            case EQ, NE, LT, LE, GT, GE ->
                    holds(
                            operator,
                            Arrays.compareUnsigned(a, left.from(), endA, b, right.from(), endB));
            case IN, INTERSECTS -> Arrays.equals(a, left.from(), endA, b, right.from(), endB);
            case STARTSWITH ->
                    left.length() >= right.length()
                            && Arrays.equals(
                                    a,
                                    left.from(),
                                    left.from() + right.length(),
                                    b,
                                    right.from(),
                                    endB);
            case ENDSWITH ->
                    left.length() >= right.length()
                            && Arrays.equals(a, endA - right.length(), endA, b, right.from(), endB);
            case CONTAINS ->
                    ByteText.contains(a, left.from(), left.length(), right.toText().array());
            case ICONTAINS ->
                    containsIgnoringCase(a, left.from(), left.length(), right.toText().array());
            case GLOB, IGLOB ->
                    new dev.torimono.rules.field.Glob(
                                    right.toText(), operator == PairOperator.IGLOB)
                            .matches(a, left.from(), left.length());
        };
    }
}
