// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

/**
 * A macro.
 *
 * @param name its name
 * @param condition its text
 * @param at where it was defined last
 */
public record MacroItem(String name, Passage condition, Place at) {
    public MacroItem withMore(Passage more) {
        return new MacroItem(name, condition.join(more), at);
    }
}
