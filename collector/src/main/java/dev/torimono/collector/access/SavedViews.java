// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.access;

import dev.torimono.collector.state.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Addresses of the console that people gave a name: each sees their own. */
public final class SavedViews {
    private static final int MOST_EACH = 100;

    private final Database database;
    private final InstantSource clock;

    public SavedViews(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * One view.
     *
     * @param id its number
     * @param name what its owner calls it
     * @param address path and query within the console
     */
    public record View(long id, String name, String address) {}

    public List<View> of(String account) {
        return database.list(
                "SELECT id, name, address FROM saved_view WHERE account = ? ORDER BY name",
                row -> new View(row.getLong(1), row.getString(2), row.getString(3)),
                account);
    }

    /** Keeps one, in place of another one of the same name; empty when there are too many. */
    public Optional<View> save(String account, String name, String address) {
        return database.together(
                () -> {
                    boolean others =
                            of(account).stream().filter(view -> !view.name().equals(name)).count()
                                    >= MOST_EACH;
                    if (others) {
                        return Optional.empty();
                    }
                    database.change(
                            "DELETE FROM saved_view WHERE account = ? AND name = ?", account, name);
                    long id =
                            database.insert(
                                    "INSERT INTO saved_view (account, name, address, created)"
                                            + " VALUES (?, ?, ?, ?)",
                                    account,
                                    name,
                                    address,
                                    clock.millis());
                    return Optional.of(new View(id, name, address));
                });
    }

    /** Only one's own can be removed. */
    public boolean remove(String account, long id) {
        return database.change("DELETE FROM saved_view WHERE account = ? AND id = ?", account, id)
                == 1;
    }
}
