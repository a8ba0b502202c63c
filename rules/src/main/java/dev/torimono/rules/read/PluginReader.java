// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads {@code required_plugin_versions}. */
final class PluginReader {
    private static final String KEY = "required_plugin_versions";

    private PluginReader() {}

    static void read(YamlNode.Mapping map, ItemSink sink) {
        Keys keys = new Keys(map, KEY);
        for (YamlNode node : sequence(Objects.requireNonNull(map.get(KEY)), keys)) {
            YamlNode.Mapping entry = mapping(node, keys);
            List<PluginRequirement.Alternative> alternatives = new ArrayList<>();
            alternatives.add(alternative(entry));
            YamlNode others = entry.get("alternatives");
            if (others != null) {
                for (YamlNode other : sequence(others, keys)) {
                    alternatives.add(alternative(mapping(other, keys)));
                }
            }
            sink.requirePlugin(new PluginRequirement(alternatives, entry.at()));
        }
    }

    private static PluginRequirement.Alternative alternative(YamlNode.Mapping map) {
        Keys keys = new Keys(map, KEY);
        return new PluginRequirement.Alternative(
                keys.scalar("name").text(), keys.scalar("version").text());
    }

    private static List<YamlNode> sequence(YamlNode node, Keys keys) {
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        throw keys.invalid("plugin versions must be a list of names and versions", node.at());
    }

    private static YamlNode.Mapping mapping(YamlNode node, Keys keys) {
        if (node instanceof YamlNode.Mapping map) {
            return map;
        }
        throw keys.invalid("a plugin version must have 'name' and 'version'", node.at());
    }
}
