// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.tree.Node.Mapping;

/**
 * One container of a definition.
 *
 * @param name as its author writes it, which may be an expression
 * @param address how the record of changes refers to it: its name, or its number where that is not
 *     unique
 * @param init whether it ends before the others start
 */
record Container(Mapping body, String name, String address, boolean init) {
    String path() {
        return "@" + address;
    }
}
