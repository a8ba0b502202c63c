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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Policies, rules, lists, macros and channels, with every version they had. */
public final class Documents {
    private static final String SELECT =
            "SELECT id, kind, name, version, body, created, modified FROM document ";

    private final Database database;
    private final InstantSource clock;
    private final List<Consumer<Kind>> listeners = new CopyOnWriteArrayList<>();

    public Documents(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Called after each change, on the thread that made it. */
    public void onChange(Consumer<Kind> listener) {
        listeners.add(listener);
    }

    public List<Document> all(Kind kind) {
        return database.list(SELECT + "WHERE kind = ? ORDER BY id", Documents::read, kind.name());
    }

    public List<Document> named(Kind kind, String name) {
        return database.list(
                SELECT + "WHERE kind = ? AND name = ? ORDER BY id",
                Documents::read,
                kind.name(),
                name);
    }

    public Optional<Document> byId(Kind kind, long id) {
        return database.first(
                SELECT + "WHERE kind = ? AND id = ?", Documents::read, kind.name(), id);
    }

    public Document create(Kind kind, String name, ObjectNode body, String author) {
        long nowMs = clock.millis();
        String text = text(body);
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

    /** Puts something else in its place; false when it changed meanwhile. */
    public boolean replace(Document old, String name, ObjectNode body, String author) {
        String text = text(body);
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

    private static String text(ObjectNode body) {
        return new String(Json.bytes(body), StandardCharsets.UTF_8);
    }

    private static Document read(ResultSet row) throws SQLException {
        return new Document(
                row.getLong("id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getLong("version"),
                Json.object(row.getString("body").getBytes(StandardCharsets.UTF_8)),
                row.getLong("created"),
                row.getLong("modified"));
    }
}
