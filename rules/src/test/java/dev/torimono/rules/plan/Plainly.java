// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Observation;
import dev.torimono.rules.field.Value;

/** Evaluates a condition as it stands: nothing shared, nothing indexed, nothing reordered. */
final class Plainly {
    private Plainly() {}

    static boolean holds(Node node, Observation observation) {
        return switch (node) {
            case Node.All all -> all.parts().stream().allMatch(part -> holds(part, observation));
            case Node.Any any -> any.parts().stream().anyMatch(part -> holds(part, observation));
            case Node.One one ->
                    one.parts().stream().filter(part -> holds(part, observation)).count() == 1;
            case Node.Not not -> !holds(not.part(), observation);
            case Node.Constant constant -> constant.value();
            case Node.Present present -> slot(present.source(), observation) != null;
            case Node.Test test -> test(test, observation);
            case Node.Pair pair -> pair(pair, observation);
        };
    }

    private static @org.jspecify.annotations.Nullable Value slot(
            Source source, Observation observation) {
        Context context = new Context();
        context.next(observation);
        Slot slot = new Slots().of(source);
        return slot.get(context) ? slot.value : null;
    }

    private static boolean test(Node.Test test, Observation observation) {
        Value value = slot(test.source(), observation);
        if (value == null) {
            return false;
        }
        return switch (test.source().several()) {
            case NO -> test.match().test(value);
            case ANY, LIST_SOME -> {
                boolean some = false;
                for (int i = 0; i < value.count(); i++) {
                    some |= test.match().test(value.select(i));
                }
                yield some;
            }
            case EVERY, LIST_EVERY -> {
                boolean every = true;
                for (int i = 0; i < value.count(); i++) {
                    every &= test.match().test(value.select(i));
                }
                yield every;
            }
        };
    }

    private static boolean pair(Node.Pair pair, Observation observation) {
        Value left = slot(pair.left(), observation);
        Value right = slot(pair.right(), observation);
        if (left == null || right == null) {
            return false;
        }
        return pair.numbers()
                ? Compare.numbers(pair.operator(), left, right, true)
                : Compare.texts(pair.operator(), left, right);
    }
}
