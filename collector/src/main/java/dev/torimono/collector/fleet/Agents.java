// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import dev.torimono.collector.access.Secrets;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Database;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Every agent that was ever enrolled, and the tokens by which they are known. */
public final class Agents {
    private static final String SELECT =
            "SELECT id, hostname, facts, enrolled, revoked, token_since FROM agent ";

    private final Database database;
    private final InstantSource clock;

    public Agents(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * One agent.
     *
     * @param id its name for ever
     * @param hostname the machine
     * @param facts what it told of itself: version, kernel, tags
     * @param enrolledMs since when, ms since the epoch
     * @param revoked whether it is let in no more
     * @param tokenSinceMs since when it has its token, ms since the epoch
     */
    public record Agent(
            String id,
            String hostname,
            ObjectNode facts,
            long enrolledMs,
            boolean revoked,
            long tokenSinceMs) {}

    /**
     * A new agent's name and secret.
     *
     * @param id its name
     * @param token by which it is known; told this once
     */
    public record Enrolled(String id, String token) {}

    public Enrolled enrol(String hostname, ObjectNode facts) {
        Enrolled enrolled = new Enrolled(UUID.randomUUID().toString(), Secrets.token("tma_"));
        database.change(
                "INSERT INTO agent (id, hash, hostname, facts, enrolled, token_since) VALUES (?, ?,"
                        + " ?, ?, ?, ?)",
                enrolled.id(),
                Secrets.hash(enrolled.token()),
                hostname,
                text(facts),
                clock.millis(),
                clock.millis());
        return enrolled;
    }

    /**
     * Another secret for the same agent. The old one counts until the new one is first used: an
     * answer that got lost on its way must not lock an agent out.
     */
    public String rotate(String id) {
        String token = Secrets.token("tma_");
        database.change("UPDATE agent SET next_hash = ? WHERE id = ?", Secrets.hash(token), id);
        return token;
    }

    /** The agent that a token belongs to. */
    public Optional<String> byToken(String token) {
        byte[] hash = Secrets.hash(token);
        Optional<String> known =
                database.first(
                        "SELECT id FROM agent WHERE hash = ? AND revoked = 0",
                        row -> row.getString(1),
                        hash);
        return known.isPresent() ? known : byNextToken(hash);
    }

    private Optional<String> byNextToken(byte[] hash) {
        Optional<String> id =
                database.first(
                        "SELECT id FROM agent WHERE next_hash = ? AND revoked = 0",
                        row -> row.getString(1),
                        hash);
        id.ifPresent(
                agent ->
                        database.change(
                                "UPDATE agent SET hash = next_hash, next_hash = NULL, token_since ="
                                        + " ? WHERE id = ? AND next_hash = ?",
                                clock.millis(),
                                agent,
                                hash));
        return id;
    }

    /** Whether a token was that of an agent that is let in no more. */
    public boolean isRevoked(String token) {
        return database.first(
                        "SELECT id FROM agent WHERE (hash = ? OR next_hash = ?) AND revoked = 1",
                        row -> row.getString(1),
                        Secrets.hash(token),
                        Secrets.hash(token))
                .isPresent();
    }

    /** Keeps what an agent tells of itself now. */
    public void update(String id, String hostname, ObjectNode facts) {
        database.change(
                "UPDATE agent SET hostname = ?, facts = ? WHERE id = ?", hostname, text(facts), id);
    }

    public List<Agent> all() {
        return database.list(SELECT + "ORDER BY hostname, enrolled", Agents::read);
    }

    public Optional<Agent> byId(String id) {
        return database.first(SELECT + "WHERE id = ?", Agents::read, id);
    }

    /** Lets it in no more. */
    public boolean revoke(String id) {
        return database.change("UPDATE agent SET revoked = 1 WHERE id = ?", id) == 1;
    }

    private static String text(ObjectNode facts) {
        return new String(Json.bytes(facts), StandardCharsets.UTF_8);
    }

    private static Agent read(ResultSet row) throws SQLException {
        return new Agent(
                row.getString(1),
                row.getString(2),
                Json.object(row.getString(3).getBytes(StandardCharsets.UTF_8)),
                row.getLong(4),
                row.getBoolean(5),
                row.getLong(6));
    }
}
