// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.resolve;

import dev.torimono.rules.RuleException;

/**
 * How much one load may work. Lists of lists and macros of macros grow exponentially in the size of
 * their files; no honest file comes near these limits.
 */
public final class Budget {
    private static final long MAX_CHARACTERS = 32L << 20;
    private static final long MAX_NODES = 300_000;
    private static final long MAX_VALUES = 400_000;

    private long characters;
    private long nodes;
    private long values;

    /** Characters spent so far. */
    long characters() {
        return characters;
    }

    void spendCharacters(long more) {
        characters += more;
        if (characters > MAX_CHARACTERS) {
            throw tooMuch("text", MAX_CHARACTERS);
        }
    }

    /** Counts a condition's values by the commas between them, lists in place. */
    public void spendValues(String condition) {
        for (int comma = condition.indexOf(','); comma >= 0; ) {
            values++;
            comma = condition.indexOf(',', comma + 1);
        }
        if (values > MAX_VALUES) {
            throw tooMuch("values", MAX_VALUES);
        }
    }

    void spendNodes(long more) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw tooMuch("parts", MAX_NODES);
        }
    }

    /** Refuses a single condition that alone would spend everything. */
    void check(long size) {
        if (size > MAX_NODES) {
            throw tooMuch("parts", MAX_NODES);
        }
    }

    private static RuleException tooMuch(String what, long limit) {
        return new RuleException(
                RuleException.Kind.SYNTAX,
                "conditions grow too large: more than "
                        + limit
                        + " "
                        + what
                        + " once lists and macros are in place",
                null);
    }
}
