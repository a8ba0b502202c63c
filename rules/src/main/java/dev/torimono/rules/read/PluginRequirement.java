// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import java.util.List;

/**
 * A plugin that rules need, in one of several versions or guises.
 *
 * @param alternatives what would do, best first; at least one
 * @param at where it is written
 */
public record PluginRequirement(List<Alternative> alternatives, Place at) {

    public record Alternative(String name, String version) {}

    public PluginRequirement {
        alternatives = List.copyOf(alternatives);
    }
}
