// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.respond;

import dev.torimono.collector.event.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that somebody asked an agent to do.
 *
 * @param id its name
 * @param type what
 * @param agentId by whom it is to be done
 * @param hostname on which machine
 * @param parameters as they were given
 * @param asked who asked, why, because of which event
 * @param dryRun whether only what it would touch is asked for
 * @param status how far it is
 * @param outcome what came of it, in a word
 * @param message what is worth saying of that
 * @param outputs what the agent told
 * @param times when, ms since the epoch
 * @param undoOf what it takes back; empty when nothing
 * @param undoneBy what took it back; empty when nothing did
 */
public record Execution(
        String id,
        ActionType type,
        String agentId,
        String hostname,
        ObjectNode parameters,
        Asked asked,
        boolean dryRun,
        Status status,
        String outcome,
        String message,
        ObjectNode outputs,
        Times times,
        String undoOf,
        String undoneBy) {

    private static final int SHORT_ID = 12;

    /** Sysdig's words. */
    public enum Status {
        ENQUEUED,
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    /**
     * Who asked, and why.
     *
     * @param account who
     * @param callerId what the caller calls it
     * @param reason why
     * @param eventId because of which event
     */
    public record Asked(String account, String callerId, String reason, String eventId) {}

    /**
     * When what happened; 0 while it has not.
     *
     * @param createdMs asked for
     * @param expiresMs from then on it must not be done
     * @param deliveredMs given to the agent
     * @param endedMs over
     */
    public record Times(long createdMs, long expiresMs, long deliveredMs, long endedMs) {}

    /** Whether it can be called off: its agent has not fetched it. */
    public boolean isCancellable() {
        return status == Status.ENQUEUED;
    }

    /** Whether there is something to take back. */
    public boolean isUndoable() {
        return type.undo() != null && isOver() && undoObstacle().isEmpty();
    }

    private boolean isOver() {
        return outcome.equals("done") && !dryRun && undoneBy.isEmpty();
    }

    /** Whether this is the opposite of another, done to the same thing. */
    boolean takesBack(Execution other) {
        if (other.type.undo() != type || !other.agentId.equals(agentId) || other.id.equals(id)) {
            return false;
        }
        if (type == ActionType.FILE_UNQUARANTINE) {
            String kept = other.outputs.path("id").asString("");
            return !kept.isEmpty() && kept.equals(text(ActionType.Params.QUARANTINED));
        }
        return sameContainer(container(), other.container());
    }

    /** As its agent knows it, or else as it was named. */
    private String container() {
        String whole = outputs.path("container").asString("");
        return whole.isEmpty() ? text(ActionType.Params.CONTAINER_ID) : whole;
    }

    /** Ids are cut short by some, to 12 characters at the least. */
    private static boolean sameContainer(String one, String other) {
        boolean ids = Math.min(one.length(), other.length()) >= SHORT_ID;
        return one.equals(other)
                ? !one.isEmpty()
                : ids && (one.startsWith(other) || other.startsWith(one));
    }

    /** Why what was done cannot be taken back, though others of its kind can; else empty. */
    public String undoObstacle() {
        // Its agent names the way back where there is one: a kubelet's containers have none.
        boolean ended = type.undo() == ActionType.START_CONTAINER && isOver();
        return ended && !outputs.has("undo")
                ? "its runtime does not start it again: whatever made it makes a new one"
                : "";
    }

    /** As clients see it. */
    public ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("id", id);
        json.put("actionType", type.name());
        json.put("responderType", "HOST");
        json.put("status", status.name());
        json.put("dryRun", dryRun);
        json.set("parameters", parameters);
        json.put("agentId", agentId);
        json.put("hostName", hostname);
        json.put("eventId", asked.eventId());
        json.put("callerId", asked.callerId());
        json.put("account", asked.account());
        json.put("reason", asked.reason());
        json.put("createdOn", times.createdMs());
        json.put("expiresOn", times.expiresMs());
        json.put("deliveredOn", times.deliveredMs());
        json.put("endedOn", times.endedMs());
        json.put("outcome", outcome);
        json.put("message", message);
        json.set("outputs", outputs);
        if (status == Status.FAILED) {
            json.putObject("failure").put("failureReason", outcome).put("logMessage", message);
        } else {
            json.putNull("failure");
        }
        json.put("isUndoable", isUndoable());
        json.put("notUndoableReason", undoObstacle());
        json.put("isCancellable", isCancellable());
        json.put("undoOf", undoOf);
        json.put("undoneBy", undoneBy);
        return json;
    }

    /** As the agent gets it. */
    ObjectNode command(long ttlMs) {
        ObjectNode command = Json.object();
        command.put("id", id);
        command.put("command", type.command());
        command.put("target", target());
        command.put(
                "container",
                type == ActionType.FILE_ACQUIRE || type == ActionType.FILE_QUARANTINE
                        ? text(ActionType.Params.CONTAINER_ID)
                        : "");
        command.put("tree", parameters.path(ActionType.Params.TREE).asBoolean(false));
        command.put("startNs", parameters.path(ActionType.Params.START).asLong(0));
        command.put("reason", asked.reason());
        command.put("who", asked.account());
        command.put("dryRun", dryRun);
        command.put("ttlMs", ttlMs);
        return command;
    }

    private String target() {
        return switch (type) {
            case KILL_PROCESS -> text(ActionType.Params.PID);
            case KILL_CONTAINER,
                    STOP_CONTAINER,
                    PAUSE_CONTAINER,
                    UNPAUSE_CONTAINER,
                    START_CONTAINER ->
                    text(ActionType.Params.CONTAINER_ID);
            case FILE_QUARANTINE, FILE_ACQUIRE -> text(ActionType.Params.PATH);
            case FILE_UNQUARANTINE -> text(ActionType.Params.QUARANTINED);
        };
    }

    String text(String parameter) {
        JsonNode value = parameters.path(parameter);
        return value.isMissingNode() || value.isNull() ? "" : value.asString("");
    }
}
