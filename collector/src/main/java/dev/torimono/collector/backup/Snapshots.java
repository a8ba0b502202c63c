// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.backup;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept at one moment, in a folder inside the data folder: events as links to files that
 * never change, the database as a copy. Nothing stands still for it. One at a time.
 */
public final class Snapshots {
    private static final String FOLDER = "snapshot";

    /** Small files that a restored collector needs to be known as the same one. */
    private static final List<String> IDENTITY =
            List.of("secret.key", "cli.token", "access.key", "tls/certificate.pem", "tls/key.pem");

    private final Path data;
    private final Database database;
    private final ToLongFunction<Path> events;
    private final InstantSource clock;

    /**
     * @param data the collector's folder
     * @param events puts all events into a folder, and tells how many
     */
    public Snapshots(
            Path data, Database database, ToLongFunction<Path> events, InstantSource clock) {
        this.data = data;
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    /** Lets go of one that nobody fetched. */
    public synchronized void discard() {
        try {
            Path folder = data.resolve(FOLDER);
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("snapshot: cannot be removed: " + e.getMessage(), e);
        }
    }

    /** Takes one, in place of the one before. Tells where it is and what is in it. */
    public synchronized ObjectNode take() {
        discard();
        Path folder = data.resolve(FOLDER);
        try {
            Files.createDirectory(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            // The state first: whoever had read on in the events by then finds all of them.
            database.copyInto(folder.resolve("collector.db"));
            long count = events.applyAsLong(folder.resolve("store"));
            for (String name : IDENTITY) {
                Path file = data.resolve(name);
                if (Files.exists(file)) {
                    Path copy = folder.resolve(name);
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
            return Json.object()
                    .put("folder", folder.toAbsolutePath().toString())
                    .put("events", count)
                    .put("takenOn", clock.millis());
        } catch (IOException e) {
            throw new UncheckedIOException("snapshot: cannot be taken: " + e.getMessage(), e);
        }
    }
}
