// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.state;

import java.time.InstantSource;
import java.util.List;

/** Who changed what, when and from where. */
public final class Audit {
    private static final int KEEP = 100_000;

    private final Database database;
    private final InstantSource clock;

    public Audit(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * One change.
     *
     * @param atMs when, ms since the epoch
     * @param account who
     * @param address from where
     * @param method how
     * @param path what
     * @param status what came of it
     * @param detail what it was about, where the path does not say
     */
    public record Entry(
            long atMs,
            String account,
            String address,
            String method,
            String path,
            int status,
            String detail) {}

    public void record(
            String account, String address, String method, String path, int status, String detail) {
        database.insert(
                "INSERT INTO audit (at, account, address, method, path, status, detail) VALUES (?,"
                        + " ?, ?, ?, ?, ?, ?)",
                clock.millis(),
                account,
                address,
                method,
                path,
                status,
                detail);
    }

    /** The latest first. */
    public List<Entry> latest(int limit) {
        return database.list(
                "SELECT at, account, address, method, path, status, detail FROM audit ORDER BY id DESC"
                        + " LIMIT ?",
                row ->
                        new Entry(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getInt(6),
                                row.getString(7)),
                limit);
    }

    /** Lets go of the oldest beyond a number. */
    public void trim() {
        database.change("DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - ?", KEEP);
    }
}
