// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.capture;

import dev.torimono.agent.Log;
import dev.torimono.host.capture.ContainerRecord;
import dev.torimono.model.Container;
import dev.torimono.model.Snapshot;
import dev.torimono.sensor.scap.ScapWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes captures which policies asked for, so that no disk delays the pipeline.
 * Keeps a bounded number of them.
 */
final class CaptureWriter implements AutoCloseable {
    /** 64 KiB each at most. */
    private static final int MOST_WAITING = 256;

    private static final int MOST_FILES = 100;
    private static final String PREFIX = "capture-";

    private final Path folder;
    private final Log log;
    private final BlockingQueue<Runnable> work = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Map<Recording, ScapWriter> open = new HashMap<>();
    private final Thread thread;
    private volatile boolean ended;

    CaptureWriter(Path folder, Log log) {
        this.folder = folder;
        this.log = log;
        this.thread = Thread.ofPlatform().daemon().name("captures").start(this::run);
    }

    Path file(String name) {
        return folder.resolve(PREFIX + name + ".scap");
    }

    /** What a file begins with. */
    record Beginning(
            Supplier<Snapshot> state,
            @Nullable Container container,
            long fromNs,
            List<Chunk> past) {}

    /** Begins a file; false when too much waits. */
    boolean begin(Recording recording, Beginning beginning) {
        return work.offer(() -> attempt(recording, () -> create(recording, beginning)));
    }

    boolean append(Recording recording, Chunk chunk) {
        return work.offer(() -> attempt(recording, () -> write(recording, chunk, Long.MIN_VALUE)));
    }

    /** Ends a file; waits for room, as the last word must not be lost. */
    void end(Recording recording) {
        try {
            work.put(() -> attempt(recording, () -> finish(recording)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something that the disk can refuse. */
    private interface Step {
        void go() throws IOException;
    }

    private void attempt(Recording recording, Step step) {
        try {
            step.go();
        } catch (IOException e) {
            open.remove(recording);
            log.error("capture: " + recording.file() + ": cannot be written: " + e.getMessage());
        }
    }

    private void create(Recording recording, Beginning beginning) throws IOException {
        Files.createDirectories(folder);
        tidy();
        ScapWriter writer = new ScapWriter(CaptureFiles.open(recording.file()), 0);
        open.put(recording, writer);
        writer.begin(beginning.state().get());
        Container container = beginning.container();
        if (container != null) {
            writer.write(ContainerRecord.of(container, beginning.fromNs()));
        }
        for (Chunk chunk : beginning.past()) {
            write(recording, chunk, beginning.fromNs());
        }
        writer.flush();
    }

    private void write(Recording recording, Chunk chunk, long fromNs) throws IOException {
        ScapWriter writer = open.get(recording);
        if (writer != null) {
            writer.writeBlocks(chunk.bytes(), fromNs);
        }
    }

    private void finish(Recording recording) throws IOException {
        ScapWriter writer = open.remove(recording);
        if (writer != null) {
            writer.close();
            String lost =
                    recording.lostChunks() == 0
                            ? ""
                            : ", " + recording.lostChunks() + " chunks lost: the disk is too slow";
            log.info(
                    "capture: "
                            + recording.file()
                            + ": "
                            + writer.eventsWritten()
                            + " events"
                            + lost);
        }
    }

    /** Makes room for one more. */
    private void tidy() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .sorted()
                    .forEach(files::add);
        }
        for (int i = 0; i <= files.size() - MOST_FILES; i++) {
            Files.deleteIfExists(files.get(i));
        }
    }

    private void run() {
        try {
            while (!ended || !work.isEmpty()) {
                work.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what waits; files under way are ended before by whoever began them. */
    @Override
    public void close() {
        try {
            work.put(() -> ended = true);
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
