// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.event.Json;
import dev.torimono.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;

/** YAML to JSON and back, within bounds that hostile input cannot stretch. */
final class YamlText {
    private static final int MAX_CHARACTERS = 4 << 20;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NODES = 200_000;
    private static final int WIDTH = 100;

    private YamlText() {}

    static LoadSettings settings() {
        return LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS).build();
    }

    /**
     * @throws YamlEngineException when it is no YAML
     * @throws IllegalArgumentException when it nests too deep or holds too much
     */
    static JsonNode read(String yaml) {
        Object loaded = Yaml.load(settings(), yaml);
        return Json.of(loaded == null ? Map.of() : new Copy().of(loaded, 0));
    }

    /** Aliases can make a small text refer to itself, or say very much. */
    private static final class Copy {
        private int nodes;

        Object of(@Nullable Object value, int depth) {
            if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
                throw new IllegalArgumentException("it nests too deep, or holds too much");
            }
            return switch (value) {
                case null -> "";
                case Map<?, ?> map -> {
                    Map<String, Object> copy = new LinkedHashMap<>();
                    map.forEach((key, one) -> copy.put(String.valueOf(key), of(one, depth + 1)));
                    yield copy;
                }
                case Iterable<?> list -> {
                    List<Object> copy = new ArrayList<>();
                    list.forEach(one -> copy.add(of(one, depth + 1)));
                    yield copy;
                }
                case byte[] _ ->
                        throw new IllegalArgumentException("binary data has no place here");
                default -> value;
            };
        }
    }

    /** A value as people write it: a key a line, texts of several lines as blocks. */
    static String of(JsonNode value) {
        DumpSettings settings =
                DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setDefaultScalarStyle(ScalarStyle.PLAIN)
                        .setWidth(WIDTH)
                        .build();
        return new Dump(settings).dumpToString(plain(value));
    }

    private static @Nullable Object plain(JsonNode value) {
        if (value.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            value.properties().forEach(one -> map.put(one.getKey(), plain(one.getValue())));
            return map;
        }
        if (value.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            value.forEach(one -> list.add(plain(one)));
            return list;
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        if (value.isIntegralNumber()) {
            return value.asLong();
        }
        return value.isNull() ? null : value.isNumber() ? (Object) value.asDouble() : text(value);
    }

    /** Blanks at the ends of lines would force a text into quotes and escapes. */
    private static String text(JsonNode value) {
        return value.asString("").replaceAll("[ \\t]+(?=\\n)", "").strip();
    }
}
