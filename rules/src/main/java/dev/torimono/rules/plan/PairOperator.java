// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.syntax.Operator;

/** Operators between two values of the same event. */
enum PairOperator {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE,
    CONTAINS,
    ICONTAINS,
    STARTSWITH,
    ENDSWITH,
    GLOB,
    IGLOB,
    /** Every element of the left is among the right. */
    IN,
    /** Some element of the left is among the right. */
    INTERSECTS;

    static PairOperator of(Operator operator) {
        return switch (operator) {
            case EQ, EQEQ -> EQ;
            case NE -> NE;
            case LT -> LT;
            case LE -> LE;
            case GT -> GT;
            case GE -> GE;
            case CONTAINS -> CONTAINS;
            case ICONTAINS -> ICONTAINS;
            case STARTSWITH -> STARTSWITH;
            case ENDSWITH -> ENDSWITH;
            case GLOB -> GLOB;
            case IGLOB -> IGLOB;
            case IN -> IN;
            case INTERSECTS -> INTERSECTS;
            case EXISTS, REGEX, PMATCH, BCONTAINS, BSTARTSWITH ->
                    throw new IllegalArgumentException(operator + " takes no field at its right");
        };
    }
}
