// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A database as an earlier version left it, made by its own scripts. */
public final class EarlierSchema {
    private EarlierSchema() {}

    /**
     * @param version of the schema
     * @param rows statements that fill it
     */
    public static void create(Path file, int version, String... rows)
            throws SQLException, IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (int each = 1; each <= version; each++) {
                for (String part : script(each).split(";\\s*\n", -1)) {
                    if (!part.isBlank()) {
                        statement.execute(part);
                    }
                }
            }
            for (String row : rows) {
                statement.execute(row);
            }
            statement.execute("PRAGMA user_version = " + version);
        }
    }

    private static String script(int version) throws IOException {
        try (InputStream in = Database.class.getResourceAsStream("schema-" + version + ".sql")) {
            if (in == null) {
                throw new IOException("schema-" + version + ".sql is not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
