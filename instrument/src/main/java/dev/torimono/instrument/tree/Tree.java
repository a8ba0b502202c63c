// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.tree;

import java.util.List;

/**
 * Everything that was read of one text.
 *
 * @param roots its documents
 * @param shared nodes that stand for more than one place: an edit inside would change others too
 */
public record Tree(Source source, List<Node> roots, List<Shared> shared) {
    /** An anchored node that an alias refers to. */
    public record Shared(int from, int to, String anchor) {}
}
