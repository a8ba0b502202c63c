// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.respond;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.respond.Execution.Asked;
import dev.torimono.collector.respond.Execution.Status;
import dev.torimono.collector.respond.Execution.Times;
import dev.torimono.collector.state.Database;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that was ever asked of agents. Given to its agent at most once: an answer that is lost
 * leaves open whether it was done, and says so. Any thread.
 */
public final class Executions {
    /** Waiting for one agent; more is no response but a flood. */
    private static final int MOST_WAITING = 32;

    /** Stopping a container takes its ten seconds; the agent may do some one after another. */
    private static final long ANSWER_MS = TimeUnit.SECONDS.toMillis(120);

    private static final int KEEP = 20_000;
    private static final int MAX_MESSAGE_CHARS = 2000;

    private static final String SELECT =
            "SELECT id, type, agent, hostname, parameters, account, caller, reason, event, dry,"
                    + " status, outcome, message, outputs, created, expires, delivered, ended,"
                    + " undo_of, undone_by FROM response ";

    private final Database database;
    private final InstantSource clock;
    private final Set<String> agents = ConcurrentHashMap.newKeySet();
    private volatile Runnable wake = () -> {};

    public Executions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        agents.addAll(
                database.list(
                        "SELECT DISTINCT agent FROM response WHERE status = 'ENQUEUED'",
                        row -> row.getString(1)));
    }

    /** Called when there is something for an agent. */
    public void onChange(Runnable told) {
        wake = told;
    }

    /**
     * What is asked for.
     *
     * @param ttlMs how long it may wait for its agent
     */
    public record Order(
            ActionType type,
            String agentId,
            String hostname,
            ObjectNode parameters,
            Asked asked,
            boolean dryRun,
            long ttlMs,
            String undoOf) {}

    /** Empty when too much waits for that agent already. */
    public Optional<Execution> ask(Order order) {
        expire();
        String id = UUID.randomUUID().toString();
        long nowMs = clock.millis();
        boolean room =
                database.together(
                        () -> {
                            long waiting =
                                    database.first(
                                                    "SELECT count(*) FROM response WHERE agent = ?"
                                                            + " AND status = 'ENQUEUED'",
                                                    row -> row.getLong(1),
                                                    order.agentId())
                                            .orElse(0L);
                            if (waiting >= MOST_WAITING) {
                                return false;
                            }
                            insert(id, order, nowMs);
                            return true;
                        });
        if (!room) {
            return Optional.empty();
        }
        agents.add(order.agentId());
        wake.run();
        return byId(id);
    }

    private void insert(String id, Order order, long nowMs) {
        database.change(
                "INSERT INTO response (id, type, agent, hostname, parameters, account, caller,"
                        + " reason, event, dry, status, created, expires, undo_of) VALUES (?, ?,"
                        + " ?, ?, ?, ?, ?, ?, ?, ?, 'ENQUEUED', ?, ?, ?)",
                id,
                order.type().name(),
                order.agentId(),
                order.hostname(),
                text(order.parameters()),
                order.asked().account(),
                order.asked().callerId(),
                order.asked().reason(),
                order.asked().eventId(),
                order.dryRun() ? 1 : 0,
                nowMs,
                nowMs + order.ttlMs(),
                order.undoOf());
        if (!order.undoOf().isEmpty()) {
            database.change("UPDATE response SET undone_by = ? WHERE id = ?", id, order.undoOf());
        }
    }

    /** Whether something waits for an agent. */
    public boolean waits(String agentId) {
        return agents.contains(agentId);
    }

    /** Gives an agent what waits for it, and marks it as given: nobody gets it again. */
    public ArrayNode take(String agentId) {
        expire();
        ArrayNode commands = Json.array();
        if (!agents.remove(agentId)) {
            return commands;
        }
        long nowMs = clock.millis();
        List<Execution> waiting =
                database.together(
                        () -> {
                            List<Execution> found =
                                    database.list(
                                            SELECT
                                                    + "WHERE agent = ? AND status = 'ENQUEUED'"
                                                    + " ORDER BY created",
                                            Executions::read,
                                            agentId);
                            for (Execution one : found) {
                                database.change(
                                        "UPDATE response SET status = 'IN_PROGRESS', delivered = ?"
                                                + " WHERE id = ?",
                                        nowMs,
                                        one.id());
                            }
                            return found;
                        });
        waiting.forEach(one -> commands.add(one.command(one.times().expiresMs() - nowMs)));
        return commands;
    }

    /** Keeps what an agent says came of it; false when it was not asked for that. */
    public boolean answered(String agentId, String id, ObjectNode answer) {
        String outcome = answer.path("status").asString("");
        boolean good = outcome.equals("done") || outcome.equals("monitored");
        String said = answer.path("message").asString("");
        String message =
                said.length() <= MAX_MESSAGE_CHARS ? said : said.substring(0, MAX_MESSAGE_CHARS);
        JsonNode facts = answer.path("facts");
        // Also after we gave up: what the agent says is what happened.
        boolean taken =
                database.change(
                                "UPDATE response SET status = ?, outcome = ?, message = ?, outputs"
                                        + " = ?, ended = ? WHERE id = ? AND agent = ? AND"
                                        + " delivered > 0 AND outcome IN ('', 'unanswered')",
                                (good ? Status.COMPLETED : Status.FAILED).name(),
                                outcome.isEmpty() ? "failed" : outcome,
                                message,
                                facts instanceof ObjectNode told ? text(told) : "{}",
                                clock.millis(),
                                id,
                                agentId)
                        == 1;
        if (taken && !good) {
            // What did not happen took nothing back.
            database.change("UPDATE response SET undone_by = '' WHERE undone_by = ?", id);
        }
        return taken;
    }

    /** Calls one off; false when its agent has fetched it, or it is over. */
    public boolean cancel(String id, String account) {
        return database.together(
                () -> {
                    int changed =
                            database.change(
                                    "UPDATE response SET status = 'FAILED', outcome = 'cancelled',"
                                            + " message = ?, ended = ? WHERE id = ? AND status ="
                                            + " 'ENQUEUED'",
                                    account + " called it off; it was not done",
                                    clock.millis(),
                                    id);
                    if (changed == 1) {
                        database.change(
                                "UPDATE response SET undone_by = '' WHERE undone_by = ?", id);
                    }
                    return changed == 1;
                });
    }

    /** Ends what its agent did not fetch in time, and what it did not answer. */
    public void expire() {
        long nowMs = clock.millis();
        database.together(
                () -> {
                    end(
                            "expired",
                            "its agent did not fetch it in time; it was not done",
                            "status = 'ENQUEUED' AND expires <= ?",
                            nowMs,
                            nowMs);
                    end(
                            "unanswered",
                            "its agent did not say whether it did it",
                            "status = 'IN_PROGRESS' AND delivered <= ?",
                            nowMs - ANSWER_MS,
                            nowMs);
                    return true;
                });
    }

    private void end(String outcome, String message, String which, long boundMs, long nowMs) {
        List<String> ids =
                database.list(
                        "SELECT id FROM response WHERE " + which, row -> row.getString(1), boundMs);
        for (String id : ids) {
            database.change(
                    "UPDATE response SET status = 'FAILED', outcome = ?, message = ?, ended = ?"
                            + " WHERE id = ?",
                    outcome,
                    message,
                    nowMs,
                    id);
            database.change("UPDATE response SET undone_by = '' WHERE undone_by = ?", id);
        }
    }

    public Optional<Execution> byId(String id) {
        return database.first(SELECT + "WHERE id = ?", Executions::read, id);
    }

    /**
     * The latest first.
     *
     * @param status only of that one; empty for all, as with the others
     */
    public List<Execution> latest(int limit, String status, String eventId, String agentId) {
        expire();
        List<Object> values = new ArrayList<>();
        StringBuilder where = new StringBuilder("WHERE 1 = 1");
        only(where, values, "status", status);
        only(where, values, "event", eventId);
        only(where, values, "agent", agentId);
        values.add(limit);
        return database.list(
                SELECT + where + " ORDER BY created DESC, rowid DESC LIMIT ?",
                Executions::read,
                values.toArray());
    }

    private static void only(
            StringBuilder where, List<Object> values, String column, String value) {
        if (!value.isEmpty()) {
            where.append(" AND ").append(column).append(" = ?");
            values.add(value);
        }
    }

    /** Lets go of the oldest beyond a number. */
    public void trim() {
        expire();
        database.change(
                "DELETE FROM response WHERE rowid <= (SELECT max(rowid) FROM response) - ?", KEEP);
    }

    private static String text(ObjectNode json) {
        return new String(Json.bytes(json), StandardCharsets.UTF_8);
    }

    private static Execution read(ResultSet row) throws SQLException {
        return new Execution(
                row.getString("id"),
                Objects.requireNonNull(ActionType.parse(row.getString("type"))),
                row.getString("agent"),
                row.getString("hostname"),
                object(row, "parameters"),
                new Asked(
                        row.getString("account"),
                        row.getString("caller"),
                        row.getString("reason"),
                        row.getString("event")),
                row.getBoolean("dry"),
                Status.valueOf(row.getString("status")),
                row.getString("outcome"),
                row.getString("message"),
                object(row, "outputs"),
                new Times(
                        row.getLong("created"),
                        row.getLong("expires"),
                        row.getLong("delivered"),
                        row.getLong("ended")),
                row.getString("undo_of"),
                row.getString("undone_by"));
    }

    private static ObjectNode object(ResultSet row, String column) throws SQLException {
        return Json.object(row.getString(column).getBytes(StandardCharsets.UTF_8));
    }
}
