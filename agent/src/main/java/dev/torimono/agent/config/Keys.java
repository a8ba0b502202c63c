// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every key there is: the one list that files, variables and flags share. */
final class Keys {
    private static final List<Key<?>> ALL =
            Stream.of(AgentKeys.GROUP, OutputKeys.GROUP, FleetKeys.GROUP, CollectorKeys.GROUP)
                    .<Key<?>>flatMap(group -> group.keys().stream())
                    .toList();

    private static final Map<String, Key<?>> BY_NAME = byName();

    private Keys() {}

    static List<Key<?>> all() {
        return ALL;
    }

    /** The key of a name or alias; null for an unknown one. */
    static @Nullable Key<?> named(String name) {
        return BY_NAME.get(name);
    }

    /** Names and aliases. */
    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    private static Map<String, Key<?>> byName() {
        Map<String, Key<?>> map = new LinkedHashMap<>();
        for (Key<?> key : ALL) {
            map.put(key.name(), key);
            key.aliases().forEach(alias -> map.put(alias, key));
        }
        return map;
    }
}
