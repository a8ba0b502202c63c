// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import dev.torimono.collector.backup.BackupFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Backups for whoever may read the collector's folder; see {@code /api/v1/snapshot}. */
public final class Backups {
    private Backups() {}

    /**
     * Packs the snapshot of a running collector.
     *
     * @return how many files
     */
    public static int pack(Path snapshot, Path file) throws IOException {
        return BackupFile.write(snapshot, file);
    }

    /**
     * Packs the folder of a collector that does not run.
     *
     * @return how many files
     * @throws IOException when one runs there
     */
    public static int packFolder(Path data, Path file) throws IOException {
        if (!Files.isRegularFile(data.resolve("collector.db"))) {
            throw new IOException(data + ": there is no collector's folder");
        }
        try (DataFolder _ = DataFolder.open(data)) {
            return BackupFile.write(data, file);
        }
    }

    /**
     * Makes a collector's folder of a backup.
     *
     * @return how many files
     */
    public static int restore(Path file, Path data) throws IOException {
        return BackupFile.restore(file, data);
    }
}
