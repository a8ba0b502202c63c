// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.Value;

/** Evaluates one part of a condition for the present event. Allocates nothing. */
abstract class Eval {
    abstract boolean test(Context context);

    static final class Constant extends Eval {
        private final boolean value;

        Constant(boolean value) {
            this.value = value;
        }

        @Override
        boolean test(Context context) {
            return value;
        }
    }

    static final class And extends Eval {
        private final Eval[] parts;

        And(Eval[] parts) {
            this.parts = parts;
        }

        @Override
        boolean test(Context context) {
            for (Eval part : parts) {
                if (!part.test(context)) {
                    return false;
                }
            }
            return true;
        }
    }

    static final class Or extends Eval {
        private final Eval[] parts;

        Or(Eval[] parts) {
            this.parts = parts;
        }

        @Override
        boolean test(Context context) {
            for (Eval part : parts) {
                if (part.test(context)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Exactly one part holds. */
    static final class One extends Eval {
        private final Eval[] parts;

        One(Eval[] parts) {
            this.parts = parts;
        }

        @Override
        boolean test(Context context) {
            int held = 0;
            for (Eval part : parts) {
                if (part.test(context) && ++held > 1) {
                    return false;
                }
            }
            return held == 1;
        }
    }

    static final class Not extends Eval {
        private final Eval part;

        Not(Eval part) {
            this.part = part;
        }

        @Override
        boolean test(Context context) {
            return !part.test(context);
        }
    }

    /** Remembers the answer for the present event: for parts that several conditions share. */
    static final class Memo extends Eval {
        private final Eval part;
        private int epoch = -1;
        private boolean answer;

        Memo(Eval part) {
            this.part = part;
        }

        @Override
        boolean test(Context context) {
            int now = context.epoch();
            if (epoch != now) {
                answer = part.test(context);
                epoch = now;
            }
            return answer;
        }
    }

    static final class Present extends Eval {
        private final Slot slot;

        Present(Slot slot) {
            this.slot = slot;
        }

        @Override
        boolean test(Context context) {
            return slot.get(context);
        }
    }

    /** A single value. */
    static final class Single extends Eval {
        private final Slot slot;
        private final Match match;

        Single(Slot slot, Match match) {
            this.slot = slot;
            this.match = match;
        }

        @Override
        boolean test(Context context) {
            return slot.get(context) && match.test(slot.value);
        }
    }

    /** Some of several values. */
    static final class Some extends Eval {
        private final Slot slot;
        private final Match match;

        Some(Slot slot, Match match) {
            this.slot = slot;
            this.match = match;
        }

        @Override
        boolean test(Context context) {
            if (!slot.get(context)) {
                return false;
            }
            Value value = slot.value;
            for (int i = 0; i < value.count(); i++) {
                if (match.test(value.select(i))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Every one of several values; holds for none. */
    static final class Every extends Eval {
        private final Slot slot;
        private final Match match;

        Every(Slot slot, Match match) {
            this.slot = slot;
            this.match = match;
        }

        @Override
        boolean test(Context context) {
            if (!slot.get(context)) {
                return false;
            }
            Value value = slot.value;
            for (int i = 0; i < value.count(); i++) {
                if (!match.test(value.select(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether a text begins with one of some prefixes, by what its slot found. */
    static final class Prefixes extends Eval {
        private final PrefixSlot slot;
        private final long[] wanted;

        Prefixes(PrefixSlot slot, long[] wanted) {
            this.slot = slot;
            this.wanted = wanted;
        }

        @Override
        boolean test(Context context) {
            long[] matched = slot.matched(context);
            for (int i = 0; i < matched.length; i++) {
                if ((matched[i] & wanted[i]) != 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether a text is one of a set, by the position that its slot found in the dictionary. */
    static final class Member extends Eval {
        private final DictionarySlot slot;
        private final long[] members;
        private final boolean negated;

        Member(DictionarySlot slot, long[] members, boolean negated) {
            this.slot = slot;
            this.members = members;
            this.negated = negated;
        }

        @Override
        boolean test(Context context) {
            int index = slot.index(context);
            if (index < 0) {
                return false;
            }
            return (members[index >> 6] >>> index & 1) != 0 != negated;
        }
    }
}
