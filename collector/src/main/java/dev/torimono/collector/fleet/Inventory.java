// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import dev.torimono.model.Container;
import dev.torimono.model.Enforcement.Armed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The containers of an agent's machine, as it last told.
 *
 * @param total how many there are; more than are described where there are very many
 * @param entries those that are described
 */
public record Inventory(long total, List<Entry> entries) {
    /** No agent of ours describes more; what others tell is cut. */
    private static final int MOST = 1000;

    private static final int MOST_LABELS = 64;
    private static final int MOST_CHARS = 512;

    /**
     * One container.
     *
     * @param container as scopes look at it
     * @param armed how it is armed; null when it is not
     */
    public record Entry(Container container, @Nullable Armed armed) {}

    public Inventory {
        entries = List.copyOf(entries);
    }

    /** Reads what an agent tells; whatever is not as it should be is left out. */
    static Inventory read(JsonNode told) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode one : told.path("list")) {
            String id = text(one, "id");
            if (!id.isEmpty() && entries.size() < MOST) {
                entries.add(new Entry(container(id, one), armed(id, one.path("armed"))));
            }
        }
        return new Inventory(Math.max(told.path("total").asLong(0), entries.size()), entries);
    }

    private static Container container(String id, JsonNode told) {
        int shortId = 12;
        return new Container(
                id.length() > shortId ? id.substring(0, shortId) : id,
                id,
                text(told, "name"),
                text(told, "runtime"),
                text(told, "image"),
                text(told, "imageId"),
                text(told, "repository"),
                text(told, "tag"),
                text(told, "digest"),
                told.has("privileged") ? told.path("privileged").asBoolean(false) : null,
                labels(told),
                List.of(),
                text(told, "ip"),
                told.path("createdNs").asLong(0),
                told.path("hostPid").asBoolean(false),
                told.path("hostNetwork").asBoolean(false),
                told.path("hostIpc").asBoolean(false),
                "",
                told.path("pod").isObject() ? pod(told.path("pod")) : null,
                told.path("pending").asBoolean(false));
    }

    private static Container.Pod pod(JsonNode told) {
        return new Container.Pod(
                text(told, "name"),
                text(told, "namespace"),
                text(told, "uid"),
                "",
                labels(told),
                text(told, "ip"));
    }

    private static @Nullable Armed armed(String id, JsonNode told) {
        return told.isObject()
                ? new Armed(
                        id,
                        told.path("sinceNs").asLong(0),
                        told.path("mounts").asInt(0),
                        text(told, "storage"),
                        text(told, "trouble"))
                : null;
    }

    private static Map<String, String> labels(JsonNode told) {
        Map<String, String> labels = new LinkedHashMap<>();
        told.path("labels")
                .propertyStream()
                .limit(MOST_LABELS)
                .forEach(
                        label ->
                                labels.put(
                                        cut(label.getKey()), cut(label.getValue().asString(""))));
        return labels;
    }

    private static String text(JsonNode told, String name) {
        return cut(told.path(name).asString(""));
    }

    private static String cut(String text) {
        return text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) : text;
    }
}
