// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import java.nio.file.Path;

/**
 * Whether the disk has room for more events. Some is kept free: indexes, the database and what is
 * merged need it to stay whole, and whoever makes room again has to work there. The ingest thread
 * looks; any thread asks.
 */
final class DiskRoom {
    private static final System.Logger LOG = System.getLogger("torimono.store");
    private static final long MIB = 1L << 20;
    private static final long LEAST_FREE = 16 * MIB;
    private static final long MOST_FREE = 1024 * MIB;
    private static final int SHARE = 20;

    private final Path folder;
    private final long keptFree;
    private volatile String lack = "";

    DiskRoom(Path folder) {
        this.folder = folder;
        this.keptFree = Math.clamp(folder.toFile().getTotalSpace() / SHARE, LEAST_FREE, MOST_FREE);
    }

    /** Looks whether there is room; a little more than is kept free once there was none. */
    boolean look() {
        long free = folder.toFile().getUsableSpace();
        boolean lacked = !lack.isEmpty();
        long needed = lacked ? keptFree + keptFree / 4 : keptFree;
        if (free >= needed) {
            if (lacked) {
                LOG.log(System.Logger.Level.INFO, "event store: there is room again");
            }
            lack = "";
            return true;
        }
        lack =
                "%s: %d MiB of the disk are free, of which %d are kept free; nothing is taken until there are %d: make room, or keep events for a shorter time"
                        .formatted(
                                folder,
                                free / MIB,
                                keptFree / MIB,
                                (keptFree + keptFree / 4) / MIB);
        if (!lacked) {
            LOG.log(System.Logger.Level.WARNING, "event store: " + lack);
        }
        return false;
    }

    /** Why nothing is taken; empty when there is room. */
    String lack() {
        return lack;
    }
}
