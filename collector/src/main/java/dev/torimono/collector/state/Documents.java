// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.state;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Document.Kind;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Policies, rules, lists, macros and channels, with every version they had. */
public final class Documents {
    private static final String SELECT =
            "SELECT id, kind, name, version, body, created, modified FROM document ";

    /** What tells how to reach others lies sealed. */
    private static final Set<Kind> SEALED = Set.of(Kind.CHANNEL, Kind.FORWARDER);

    private final Database database;
    private final Vault vault;
    private final InstantSource clock;
    private final List<Consumer<Kind>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Opens them, and seals what an earlier version left readable.
     *
     * @throws StateException when the vault's key is not that of the database
     */
    public Documents(Database database, Vault vault, InstantSource clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
        int sealed = database.together(this::sealAll);
        if (sealed > 0) {
            // The pages that held the readable ones would keep them for as long as nobody writes.
            database.compact();
        }
        for (Kind kind : SEALED) {
            all(kind);
        }
    }

    private record Plain(long id, long version, String kind, String body) {}

    private int sealAll() {
        List<Plain> bodies =
                plain(
                        "SELECT id, 0, kind, body FROM document WHERE kind IN"
                                + " ('CHANNEL', 'FORWARDER')");
        for (Plain row : bodies) {
            database.change(
                    "UPDATE document SET body = ? WHERE id = ?",
                    vault.seal(row.kind(), row.body()),
                    row.id());
        }
        // Versions do not tell what they were of; of removed channels only their look is left.
        List<Plain> versions =
                plain(
                        "SELECT h.id, h.version, coalesce(d.kind, 'CHANNEL'), h.body FROM"
                                + " document_history h LEFT JOIN document d ON d.id = h.id WHERE"
                                + " h.body LIKE '{%' AND (d.kind IN ('CHANNEL', 'FORWARDER') OR"
                                + " (d.kind IS NULL AND json_type(h.body, '$.options') ="
                                + " 'object'))");
        for (Plain row : versions) {
            database.change(
                    "UPDATE document_history SET body = ? WHERE id = ? AND version = ?",
                    vault.seal(row.kind(), row.body()),
                    row.id(),
                    row.version());
        }
        return bodies.size() + versions.size();
    }

    private List<Plain> plain(String sql) {
        return database
                .list(
                        sql,
                        row ->
                                new Plain(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getString(3),
                                        row.getString(4)))
                .stream()
                .filter(row -> !Vault.isSealed(row.body()))
                .toList();
    }

    /** Called after each change, on the thread that made it. */
    public void onChange(Consumer<Kind> listener) {
        listeners.add(listener);
    }

    public List<Document> all(Kind kind) {
        return database.list(SELECT + "WHERE kind = ? ORDER BY id", this::read, kind.name());
    }

    public List<Document> named(Kind kind, String name) {
        return database.list(
                SELECT + "WHERE kind = ? AND name = ? ORDER BY id", this::read, kind.name(), name);
    }

    public Optional<Document> byId(Kind kind, long id) {
        return database.first(SELECT + "WHERE kind = ? AND id = ?", this::read, kind.name(), id);
    }

    public Document create(Kind kind, String name, ObjectNode body, String author) {
        long nowMs = clock.millis();
        String text = text(kind, body);
        long id =
                database.together(
                        () -> {
                            long made =
                                    database.insert(
                                            "INSERT INTO document (kind, name, version, body,"
                                                    + " created, modified) VALUES (?, ?, 1, ?, ?, ?)",
                                            kind.name(),
                                            name,
                                            text,
                                            nowMs,
                                            nowMs);
                            remember(made, 1, text, author);
                            return made;
                        });
        listeners.forEach(listener -> listener.accept(kind));
        return byId(kind, id).orElseThrow();
    }

    /** Several changes: all or none. */
    public <T> T together(Database.Work<T> work) {
        return database.together(work);
    }

    /** Puts something else in its place; false when it changed meanwhile. */
    public boolean replace(Document old, String name, ObjectNode body, String author) {
        String text = text(old.kind(), body);
        boolean done =
                database.together(
                        () -> {
                            int changed =
                                    database.change(
                                            "UPDATE document SET name = ?, body = ?, version ="
                                                    + " version + 1, modified = ? WHERE id = ? AND"
                                                    + " version = ?",
                                            name,
                                            text,
                                            clock.millis(),
                                            old.id(),
                                            old.version());
                            if (changed == 1) {
                                remember(old.id(), old.version() + 1, text, author);
                            }
                            return changed == 1;
                        });
        if (done) {
            listeners.forEach(listener -> listener.accept(old.kind()));
        }
        return done;
    }

    /** Removes it; its versions stay. */
    public boolean delete(Document old, String author) {
        boolean done =
                database.together(
                        () -> {
                            int changed =
                                    database.change("DELETE FROM document WHERE id = ?", old.id());
                            if (changed == 1) {
                                remember(old.id(), old.version() + 1, null, author);
                            }
                            return changed == 1;
                        });
        if (done) {
            listeners.forEach(listener -> listener.accept(old.kind()));
        }
        return done;
    }

    private void remember(
            long id, long version, @org.jspecify.annotations.Nullable String body, String author) {
        if (body == null) {
            database.change(
                    "INSERT INTO document_history (id, version, body, author, at) VALUES (?, ?,"
                            + " NULL, ?, ?)",
                    id,
                    version,
                    author,
                    clock.millis());
            return;
        }
        database.change(
                "INSERT INTO document_history (id, version, body, author, at) VALUES (?, ?, ?, ?,"
                        + " ?)",
                id,
                version,
                body,
                author,
                clock.millis());
    }

    private String text(Kind kind, ObjectNode body) {
        String text = new String(Json.bytes(body), StandardCharsets.UTF_8);
        return SEALED.contains(kind) ? vault.seal(kind.name(), text) : text;
    }

    private Document read(ResultSet row) throws SQLException {
        Kind kind = Kind.valueOf(row.getString("kind"));
        String kept = row.getString("body");
        String body = Vault.isSealed(kept) ? vault.open(kind.name(), kept) : kept;
        return new Document(
                row.getLong("id"),
                kind,
                row.getString("name"),
                row.getLong("version"),
                Json.object(body.getBytes(StandardCharsets.UTF_8)),
                row.getLong("created"),
                row.getLong("modified"));
    }
}
