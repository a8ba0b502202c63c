// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import java.util.List;

/**
 * A checked condition. Equal nodes mean the same, whatever rule they came from: that is what lets a
 * plan evaluate them once.
 */
sealed interface Node {
    record All(List<Node> parts) implements Node {
        public All {
            parts = List.copyOf(parts);
        }
    }

    record Any(List<Node> parts) implements Node {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** Exactly one part holds. */
    record One(List<Node> parts) implements Node {
        public One {
            parts = List.copyOf(parts);
        }
    }

    record Not(Node part) implements Node {}

    record Constant(boolean value) implements Node {}

    /** The source is not missing. */
    record Present(Source source) implements Node {}

    /** The value satisfies a match; a missing one satisfies none. */
    record Test(Source source, Match match) implements Node {}

    /** Two values compare; false when either is missing. */
    record Pair(Source left, Source right, PairOperator operator, boolean numbers)
            implements Node {}

    Node TRUE = new Constant(true);
    Node FALSE = new Constant(false);
}
