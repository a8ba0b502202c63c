// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.triage;

import dev.torimono.collector.event.AlertEvents;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Triage;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.EventStore.Changed;
import dev.torimono.collector.store.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is told later of an alert that was told already: how an action ended, which policies cover
 * it, what its container turned out to be. It goes into the event that is there.
 */
public final class Latecomers {
    private static final String RULE = "Torimono internal: late result";
    private static final List<String> OF_PEOPLE =
            List.of("state", "revision", Incidents.ID, Incidents.KEY);

    private final EventStore store;

    public Latecomers(EventStore store) {
        this.store = store;
    }

    /** Whether an event is about one that should be there. */
    public static boolean isOne(ObjectNode event) {
        return isLateResult(event) || isCompletion(event);
    }

    private static boolean isLateResult(ObjectNode event) {
        return event.path("content").path("ruleName").asString("").equals(RULE)
                && !firstAlert(event).isEmpty();
    }

    private static boolean isCompletion(ObjectNode event) {
        return event.path("completes").asBoolean(false);
    }

    private static String firstAlert(ObjectNode event) {
        return event.path("content").path("fields").path("alert.id").asString("");
    }

    /** Whether the first one is there; then it has by now what this one tells. */
    public boolean merge(ObjectNode event) {
        EventId first =
                isCompletion(event)
                        ? EventId.parse(event.path("id").asString(""))
                        : AlertEvents.idOfAlert(
                                event.path("agentId").asString(""), firstAlert(event));
        if (first == null) {
            return false;
        }
        Changed changed =
                store.change(
                        List.of(first),
                        body -> isCompletion(event) ? completed(body, event) : ended(body, event));
        return changed.missing() == 0;
    }

    private static @Nullable StoredEvent completed(byte[] body, ObjectNode event) {
        ObjectNode old = Json.object(body);
        if (old.path("completed").asBoolean(false)) {
            return null;
        }
        ObjectNode whole = event.deepCopy();
        whole.remove("completes");
        whole.put("completed", true);
        for (String kept : OF_PEOPLE) {
            if (old.has(kept)) {
                whole.set(kept, old.get(kept));
            }
        }
        return Triage.revised(whole);
    }

    private static @Nullable StoredEvent ended(byte[] body, ObjectNode late) {
        ObjectNode event = Json.object(body);
        boolean news = false;
        for (JsonNode action : late.path("actions")) {
            news |= end(event, (ObjectNode) action.deepCopy());
        }
        JsonNode said = late.path("content").path("policies");
        if (event.path("content") instanceof ObjectNode content
                && said.isArray()
                && !said.isEmpty()
                && content.path("policies").isEmpty()) {
            content.set("policies", said);
            event.set("name", late.get("name"));
            event.set("severity", late.get("severity"));
            event.set("engine", late.get("engine"));
            news = true;
        }
        return news ? Triage.revised(event) : null;
    }

    /** Puts the end of an action where it stands as pending, or beside the others. */
    private static boolean end(ObjectNode event, ObjectNode action) {
        ArrayNode actions =
                event.path("actions") instanceof ArrayNode there
                        ? there
                        : event.putArray("actions");
        action.put("late", true);
        for (int i = 0; i < actions.size(); i++) {
            JsonNode one = actions.get(i);
            if (one.path("type").equals(action.path("type"))) {
                if (one.path("status").asString("").equals("pending")) {
                    actions.set(i, action);
                    return true;
                }
                if (one.path("late").asBoolean(false)) {
                    // Told again.
                    return false;
                }
            }
        }
        actions.add(action);
        return true;
    }
}
