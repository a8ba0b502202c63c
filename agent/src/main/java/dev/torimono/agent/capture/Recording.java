// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.capture;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** One capture under way: what comes after the event goes to its file as it happens. */
final class Recording {
    private final Path file;
    private final CaptureWriter writer;
    private final AtomicLong lostChunks = new AtomicLong();
    private long untilNs;

    /** Written by the writer; until that time, ns since the epoch. */
    Recording(Path file, CaptureWriter writer, long untilNs) {
        this.file = file;
        this.writer = writer;
        this.untilNs = untilNs;
    }

    Path file() {
        return file;
    }

    long untilNs() {
        return untilNs;
    }

    void extend(long timeNs) {
        untilNs = Math.max(untilNs, timeNs);
    }

    /** Takes a chunk; when too many wait to be written it is lost, and counted. */
    void offer(Chunk chunk) {
        if (!writer.append(this, chunk)) {
            lostChunks.incrementAndGet();
        }
    }

    long lostChunks() {
        return lostChunks.get();
    }
}
