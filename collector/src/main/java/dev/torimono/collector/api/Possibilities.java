// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.fleet.Agents;
import dev.torimono.collector.fleet.Agents.Agent;
import dev.torimono.collector.fleet.Fleet;
import dev.torimono.collector.respond.ActionType;
import dev.torimono.collector.respond.Execution;
import dev.torimono.collector.respond.Execution.Status;
import dev.torimono.collector.respond.Executions;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be done about an event: by whom, with which parameters, and why not. */
final class Possibilities {
    private static final long SILENT_MS = 60_000;
    private static final int MOST_DONE = 50;

    /** Only what was done because of the event tells these what to do. */
    private static final Set<ActionType> TAKES_BACK =
            Set.of(ActionType.START_CONTAINER, ActionType.FILE_UNQUARANTINE);

    /** Fields in which a rule tells the file it is about, the most telling first. */
    private static final List<String> FILE_FIELDS =
            List.of("drift.file", "fd.name", "proc.exepath");

    private final EventStore store;
    private final Agents agents;
    private final Fleet fleet;
    private final Executions executions;
    private final InstantSource clock;

    Possibilities(
            EventStore store,
            Agents agents,
            Fleet fleet,
            Executions executions,
            InstantSource clock) {
        this.store = store;
        this.agents = agents;
        this.fleet = fleet;
        this.executions = executions;
        this.clock = clock;
    }

    Reply reply(Call call) {
        String named = call.query("eventId", call.query("context", ""));
        ObjectNode event = Json.object();
        if (!named.isEmpty()) {
            EventId id = EventId.parse(named);
            byte[] body = id == null ? null : store.byId(id).orElse(null);
            if (body == null) {
                throw ApiException.notFound("event " + named);
            }
            event = Json.object(body);
        }
        Map<String, String> values = values(event);
        ObjectNode reply = Json.object();
        ArrayNode data = reply.putArray("data");
        if (named.isEmpty()) {
            for (ActionType type : ActionType.values()) {
                data.add(action(type, values, "", false));
            }
            return Reply.json(reply);
        }
        List<Execution> done =
                executions.latest(
                        MOST_DONE, Status.COMPLETED.name(), event.path("id").asString(""), "");
        String obstacle = obstacle(event.path("agentId").asString(""));
        boolean pod = event.path("labels").has("kubernetes.pod.name");
        for (ActionType type : ActionType.values()) {
            ObjectNode offer =
                    TAKES_BACK.contains(type)
                            ? takingBack(type, values, done, obstacle, pod)
                            : action(type, values, obstacle, true);
            if (pod && type.undo() == ActionType.START_CONTAINER) {
                offer.put("isUndoable", false).put("undoAction", "");
            }
            data.add(offer);
        }
        return Reply.json(reply);
    }

    private static ObjectNode takingBack(
            ActionType type,
            Map<String, String> values,
            List<Execution> done,
            String obstacle,
            boolean pod) {
        Optional<Execution> of =
                done.stream()
                        .filter(one -> one.isUndoable() && one.type().undo() == type)
                        .findFirst();
        Map<String, String> known = new HashMap<>(values);
        of.ifPresent(one -> known.putAll(ended(one)));
        String nothing = of.isPresent() ? "" : nothingEnded(type, pod);
        return action(type, known, obstacle.isEmpty() ? nothing : obstacle, true);
    }

    /** What has ended or gone is known by what its agent told of that, not by the event. */
    private static Map<String, String> ended(Execution of) {
        return Map.of(
                "container.id", of.outputs().path("container").asString(""),
                "quarantined_file_path", of.outputs().path("id").asString(""));
    }

    private static String nothingEnded(ActionType type, boolean pod) {
        if (type == ActionType.FILE_UNQUARANTINE) {
            return "no file was quarantined because of this event";
        }
        return pod
                ? "a container of a pod is started by its kubelet alone"
                : "no container was ended because of this event that its runtime starts again";
    }

    private static ObjectNode action(
            ActionType type, Map<String, String> values, String obstacle, boolean ofEvent) {
        ObjectNode action = Json.object();
        ActionType undo = type.undo();
        action.put("actionType", type.name());
        action.put("responderType", "HOST");
        action.put("isUndoable", undo != null);
        action.put("undoAction", undo == null ? "" : undo.name());
        action.put("isDestructive", type.destructive());
        ArrayNode parameters = action.putArray("parameters");
        String why = obstacle;
        for (ActionType.Param param : type.params()) {
            String value = values.getOrDefault(param.name(), "");
            parameters
                    .addObject()
                    .put("name", param.name())
                    .put("required", param.required())
                    .put("value", value);
            if (ofEvent && why.isEmpty() && param.required() && value.isEmpty()) {
                why = "the event tells no " + param.name();
            }
        }
        action.put("available", why.isEmpty());
        action.put("unavailableReason", why);
        return action;
    }

    private static Map<String, String> values(ObjectNode event) {
        Map<String, String> values = new HashMap<>();
        values.put("host.id", event.path("agentId").asString(""));
        String container = event.path("containerId").asString("");
        values.put("container.id", container);
        JsonNode process = event.path("content").path("lineage").path(0);
        JsonNode fields = event.path("content").path("fields");
        long pid = process.path("pid").asLong(fields.path("proc.pid").asLong(0));
        values.put("process.id", pid > 0 ? Long.toString(pid) : "");
        values.put("startTime", Long.toString(process.path("start_ns").asLong(-1)));
        values.put("process.tree", "false");
        for (String field : FILE_FIELDS) {
            String path = fields.path(field).asString("");
            if (path.startsWith("/")) {
                values.putIfAbsent("path.absolute", path);
            }
        }
        return values;
    }

    private String obstacle(String agentId) {
        Optional<Agent> agent = agents.byId(agentId);
        if (agent.isEmpty()) {
            return "no agent of ours told it";
        }
        if (agent.get().revoked()) {
            return "its agent is let in no more";
        }
        if (!agent.get().facts().path("responses").asBoolean(true)) {
            return "its agent does not take responses (fleet.responses)";
        }
        boolean there =
                fleet.presence(agentId)
                        .filter(seen -> clock.millis() - seen.seenMs() < SILENT_MS)
                        .isPresent();
        return there ? "" : "its agent is silent";
    }
}
