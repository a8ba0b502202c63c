// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.respond;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.respond.Execution.Asked;
import dev.torimono.collector.respond.Execution.Status;
import dev.torimono.collector.respond.Execution.Times;
import dev.torimono.collector.respond.Executions.Order;
import dev.torimono.collector.state.Database;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Executions as rows of the database. */
final class ResponseTable {
    private static final String SELECT =
            "SELECT id, type, agent, hostname, parameters, account, caller, reason, event, dry,"
                    + " status, outcome, message, outputs, created, expires, delivered, ended,"
                    + " undo_of, undone_by FROM response ";

    private final Database database;

    ResponseTable(Database database) {
        this.database = database;
    }

    void add(String id, Order order, long nowMs) {
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

    /** What an agent did and nothing took back, the oldest first. */
    List<Execution> standing(String agentId) {
        return database.list(
                SELECT
                        + "WHERE agent = ? AND outcome = 'done' AND dry = 0 AND undone_by = ''"
                        + " ORDER BY rowid",
                ResponseTable::read,
                agentId);
    }

    void takenBack(Execution one, Execution by) {
        database.change("UPDATE response SET undone_by = ? WHERE id = ?", by.id(), one.id());
        if (by.undoOf().isEmpty()) {
            database.change("UPDATE response SET undo_of = ? WHERE id = ?", one.id(), by.id());
        }
    }

    Optional<Execution> byId(String id) {
        return database.first(SELECT + "WHERE id = ?", ResponseTable::read, id);
    }

    /** What its agent has not fetched, the oldest first. */
    List<Execution> waiting(String agentId) {
        return database.list(
                SELECT + "WHERE agent = ? AND status = 'ENQUEUED' ORDER BY created",
                ResponseTable::read,
                agentId);
    }

    /**
     * The latest first.
     *
     * @param status only of that one; empty for all, as with the others
     */
    List<Execution> latest(int limit, String status, String eventId, String agentId) {
        List<Object> values = new ArrayList<>();
        StringBuilder where = new StringBuilder("WHERE 1 = 1");
        only(where, values, "status", status);
        only(where, values, "event", eventId);
        only(where, values, "agent", agentId);
        values.add(limit);
        return database.list(
                SELECT + where + " ORDER BY created DESC, rowid DESC LIMIT ?",
                ResponseTable::read,
                values.toArray());
    }

    private static void only(
            StringBuilder where, List<Object> values, String column, String value) {
        if (!value.isEmpty()) {
            where.append(" AND ").append(column).append(" = ?");
            values.add(value);
        }
    }

    static String text(ObjectNode json) {
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
