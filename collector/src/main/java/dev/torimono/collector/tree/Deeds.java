// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.tree;

import dev.torimono.collector.event.BadJsonException;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What agents tell of the trees of alerts, a deed each, as the activity store keeps it. */
public final class Deeds {
    static final String AGENT = "agentId";
    static final String CONTAINER = "containerId";
    static final String PROCESS = "process";
    static final String PARENT = "parent";
    static final String LEFT_OUT = "left out";

    private static final Set<String> KINDS = Set.of("process", "exec", "exit", "write", "connect");
    private static final int MOST = 10_000;

    private Deeds() {}

    /**
     * What an agent told, taken apart.
     *
     * @param key tells this message apart from all others of the agent
     * @throws BadJsonException when it is not that
     */
    public static List<StoredEvent> of(String agentId, String key, JsonNode told) {
        List<StoredEvent> deeds = new ArrayList<>();
        JsonNode all = told.path("deeds");
        if (!all.isArray() || all.size() > MOST) {
            throw new BadJsonException("activity: deeds must be a list of at most " + MOST);
        }
        for (JsonNode deed : all) {
            if (!(deed instanceof ObjectNode object) || !KINDS.contains(text(deed, "kind"))) {
                throw new BadJsonException("activity: not a deed: " + cut(deed));
            }
            ObjectNode kept = object.deepCopy();
            long timeNs = Math.max(deed.path("time").asLong(0), 0);
            kept.put("id", EventId.of(timeNs, agentId + key + deeds.size()).toString());
            kept.put(AGENT, agentId);
            deeds.add(stored(kept));
        }
        JsonNode leftOut = told.path("left_out");
        if (!leftOut.isEmpty()) {
            ObjectNode kept = Json.object().put("kind", LEFT_OUT).put(AGENT, agentId);
            kept.put("container", text(told, "container"));
            kept.set("left_out", leftOut);
            long timeNs = Math.max(told.path("time").asLong(0), 0);
            kept.put("id", EventId.of(timeNs, agentId + key + LEFT_OUT).toString());
            deeds.add(stored(kept));
        }
        return deeds;
    }

    /** Read back from its bytes. */
    public static StoredEvent stored(byte[] body) {
        return stored(Json.object(body), body);
    }

    private static StoredEvent stored(ObjectNode deed) {
        return stored(deed, Json.bytes(deed));
    }

    private static StoredEvent stored(ObjectNode deed, byte[] body) {
        EventId id = EventId.parse(text(deed, "id"));
        if (id == null) {
            throw new BadJsonException("id: not a deed's");
        }
        Map<String, List<String>> attributes = new java.util.HashMap<>();
        attributes.put(AGENT, List.of(text(deed, AGENT)));
        attributes.put(CONTAINER, List.of(text(deed, "container")));
        if (deed.has("pid")) {
            attributes.put(PROCESS, List.of(ToldProcess.of(deed).id()));
        }
        if (deed.has("parent")) {
            attributes.put(PARENT, List.of(ToldProcess.of(deed.path("parent")).id()));
        }
        return new StoredEvent(id, 0, attributes, "", body);
    }

    static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }

    private static String cut(JsonNode node) {
        byte[] bytes = Json.bytes(node);
        return new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.UTF_8);
    }
}
