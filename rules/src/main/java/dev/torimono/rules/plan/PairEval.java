// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.Value;

/** Compares two values of the same event. */
final class PairEval extends Eval {
    private final Slot left;
    private final Slot right;
    private final PairOperator operator;
    private final boolean numbers;
    private final boolean lists;

    PairEval(Slot left, Slot right, PairOperator operator, boolean numbers, boolean lists) {
        this.left = left;
        this.right = right;
        this.operator = operator;
        this.numbers = numbers;
        this.lists = lists;
    }

    @Override
    boolean test(Context context) {
        if (!left.get(context) || !right.get(context)) {
            return false;
        }
        if (!lists) {
            return numbers
                    ? Compare.numbers(operator, left.value, right.value, true)
                    : Compare.texts(operator, left.value, right.value);
        }
        return lists(left.value, right.value, operator == PairOperator.IN);
    }

    private static boolean lists(Value left, Value right, boolean every) {
        for (int i = 0; i < left.count(); i++) {
            if (among(left.select(i), right) != every) {
                return !every;
            }
        }
        return every;
    }

    private static boolean among(Value element, Value list) {
        for (int i = 0; i < list.count(); i++) {
            if (Compare.texts(PairOperator.EQ, element, list.select(i))) {
                return true;
            }
        }
        return false;
    }
}
