// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.respond;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.respond.Execution.Asked;
import dev.torimono.collector.respond.Execution.Status;
import dev.torimono.collector.state.Database;
import java.time.InstantSource;
import java.util.List;
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

    private final Database database;
    private final ResponseTable table;
    private final InstantSource clock;
    private final Set<String> agents = ConcurrentHashMap.newKeySet();
    private volatile Runnable wake = () -> {};

    public Executions(Database database, InstantSource clock) {
        this.database = database;
        this.table = new ResponseTable(database);
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
                            if (table.waiting(order.agentId()).size() >= MOST_WAITING) {
                                return false;
                            }
                            table.add(id, order, nowMs);
                            return true;
                        });
        if (!room) {
            return Optional.empty();
        }
        agents.add(order.agentId());
        wake.run();
        return byId(id);
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
                            List<Execution> found = table.waiting(agentId);
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
                                facts instanceof ObjectNode told ? ResponseTable.text(told) : "{}",
                                clock.millis(),
                                id,
                                agentId)
                        == 1;
        if (taken && !good) {
            // What did not happen took nothing back.
            database.change("UPDATE response SET undone_by = '' WHERE undone_by = ?", id);
        }
        if (taken && outcome.equals("done")) {
            byId(id).filter(one -> !one.dryRun()).ifPresent(this::settle);
        }
        return taken;
    }

    /** What was done takes back what it is the opposite of, whether or not it was asked for so. */
    private void settle(Execution by) {
        database.together(
                () -> {
                    table.standing(by.agentId()).stream()
                            .filter(by::takesBack)
                            .forEach(one -> table.takenBack(one, by));
                    return true;
                });
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
        return table.byId(id);
    }

    /**
     * The latest first.
     *
     * @param status only of that one; empty for all, as with the others
     */
    public List<Execution> latest(int limit, String status, String eventId, String agentId) {
        expire();
        return table.latest(limit, status, eventId, agentId);
    }

    /** Lets go of the oldest beyond a number. */
    public void trim() {
        expire();
        database.change(
                "DELETE FROM response WHERE rowid <= (SELECT max(rowid) FROM response) - ?", KEEP);
    }
}
