// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file behind one connection: whoever asks waits for the one before. What a change
 * returned from survives a crash.
 */
public final class Database implements AutoCloseable {
    private static final int SCHEMA = 6;
    private static final int BUSY_MS = 10_000;

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    /** Opens it and brings its schema up to date. */
    public Database(Path file) {
        this.file = file;
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            SQLiteConfig config = new SQLiteConfig();
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setBusyTimeout(BUSY_MS);
            config.enforceForeignKeys(true);
            this.connection = config.createConnection("jdbc:sqlite:" + file);
            migrate();
        } catch (SQLException | IOException e) {
            throw new StateException(file + ": cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Reads a row. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Several statements that hold together or not at all. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws SQLException;
    }

    public <T> List<T> list(String sql, Row<T> row, Object... parameters) {
        return locked(
                () -> {
                    try (PreparedStatement statement = prepared(sql, parameters);
                            ResultSet rows = statement.executeQuery()) {
                        List<T> list = new ArrayList<>();
                        while (rows.next()) {
                            list.add(row.read(rows));
                        }
                        return list;
                    }
                });
    }

    public <T> Optional<T> first(String sql, Row<T> row, Object... parameters) {
        return list(sql, row, parameters).stream().findFirst();
    }

    /** Returns how many rows it changed. */
    public int change(String sql, Object... parameters) {
        return locked(
                () -> {
                    try (PreparedStatement statement = prepared(sql, parameters)) {
                        return statement.executeUpdate();
                    }
                });
    }

    /** Adds a row; returns the number it got. */
    public long insert(String sql, Object... parameters) {
        return locked(
                () -> {
                    try (PreparedStatement statement = prepared(sql + " RETURNING id", parameters);
                            ResultSet rows = statement.executeQuery()) {
                        rows.next();
                        return rows.getLong(1);
                    }
                });
    }

    /** All or nothing; what is done together within it is part of it. */
    public <T> T together(Work<T> work) {
        return locked(
                () -> {
                    if (!connection.getAutoCommit()) {
                        return work.run();
                    }
                    connection.setAutoCommit(false);
                    try {
                        T result = work.run();
                        connection.commit();
                        return result;
                    } catch (SQLException | RuntimeException e) {
                        connection.rollback();
                        throw e;
                    } finally {
                        connection.setAutoCommit(true);
                    }
                });
    }

    /** Writes all of it, as it is now, into another file. */
    public void copyInto(Path copy) {
        change("VACUUM INTO ?", copy.toString());
    }

    /** Leaves nothing in the file of what was removed or written over. */
    public void compact() {
        locked(
                () -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("VACUUM");
                        statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
                    }
                    return true;
                });
    }

    @Override
    public void close() {
        locked(
                () -> {
                    connection.close();
                    return true;
                });
    }

    private <T> T locked(Work<T> work) {
        lock.lock();
        try {
            return work.run();
        } catch (SQLException e) {
            throw new StateException(file + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private void migrate() throws SQLException, IOException {
        int version;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            version = row.getInt(1);
        }
        if (version > SCHEMA) {
            throw new SQLException(
                    "its schema is version "
                            + version
                            + ", written by a newer torimono; this one knows "
                            + SCHEMA);
        }
        for (int next = version + 1; next <= SCHEMA; next++) {
            apply(next);
        }
    }

    private void apply(int version) throws SQLException, IOException {
        String script;
        try (InputStream in = Database.class.getResourceAsStream("schema-" + version + ".sql")) {
            if (in == null) {
                throw new IOException("schema-" + version + ".sql is not in the program");
            }
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String part : script.split(";\\s*\n")) {
                if (!part.isBlank()) {
                    statement.execute(part);
                }
            }
            statement.execute("PRAGMA user_version = " + version);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
