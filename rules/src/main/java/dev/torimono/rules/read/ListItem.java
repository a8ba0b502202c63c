// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import java.util.ArrayList;
import java.util.List;

/**
 * A list.
 *
 * @param name its name
 * @param items its values
 * @param at where it was defined last
 */
public record ListItem(String name, List<YamlNode.Scalar> items, Place at) {
    public ListItem {
        items = List.copyOf(items);
    }

    public ListItem withMore(List<YamlNode.Scalar> more) {
        List<YamlNode.Scalar> all = new ArrayList<>(items);
        all.addAll(more);
        return new ListItem(name, all, at);
    }
}
