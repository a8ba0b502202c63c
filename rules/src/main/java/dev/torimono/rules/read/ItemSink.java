// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

/** Takes the items of files in the order they are written. */
public interface ItemSink {
    void requireEngine(Version version, Place at);

    void requirePlugin(PluginRequirement requirement);

    void define(ListItem list);

    void append(ListItem list);

    void define(MacroItem macro);

    void append(MacroItem macro);

    void define(RuleItem rule);

    void append(RuleItem.Update update);

    void replace(RuleItem.Update update);

    /** Switches an existing rule on or off. */
    void enable(String rule, boolean enabled, Place at);
}
