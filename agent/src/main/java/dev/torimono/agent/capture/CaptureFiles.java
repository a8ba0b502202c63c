// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.capture;

import dev.torimono.host.capture.ContainerRecord;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.Snapshot;
import dev.torimono.model.Task;
import dev.torimono.sensor.scap.ScapWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The file of a capture, or the row of files it is spread over: each begins with the state of the
 * machine, so that each can be read alone. Only root reads them: captures hold what processes were
 * given. Used by one thread.
 */
final class CaptureFiles implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<OpenOption> CREATE =
            Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);

    private final CaptureOptions options;
    private final Supplier<Snapshot> state;
    private final ToldContainers containers = new ToldContainers();
    private final Deque<Path> kept = new ArrayDeque<>();
    private @Nullable ScapWriter writer;
    private long events;
    private long bytes;
    private int number;

    CaptureFiles(CaptureOptions options, Supplier<Snapshot> state) {
        this.options = options;
        this.state = state;
    }

    void begin() throws IOException {
        Path file = options.fileBytes() == 0 ? options.file() : numbered();
        ScapWriter fresh = new ScapWriter(open(file), options.snapLength());
        writer = fresh;
        kept.addLast(file);
        if (options.files() > 0 && kept.size() > options.files()) {
            Files.deleteIfExists(kept.removeFirst());
        }
        fresh.begin(state.get());
        containers.clear();
        fresh.flush();
    }

    /** {@code a.scap} becomes {@code a.0001.scap}, and so on. */
    private Path numbered() {
        String name = options.file().getFileName().toString();
        int dot = name.lastIndexOf('.');
        String end = dot <= 0 ? "" : name.substring(dot);
        String start = dot <= 0 ? name : name.substring(0, dot);
        return options.file().resolveSibling(String.format("%s.%04d%s", start, ++number, end));
    }

    /** A new file for root alone. */
    static OutputStream open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE, PRIVATE);
        return new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    /** Writes an event; before it what is new of its task's container. */
    void write(Event event, @Nullable Task task) throws IOException {
        ScapWriter to = current();
        Container container = containers.news(task);
        if (container != null) {
            to.write(ContainerRecord.of(container, event.timestampNs()));
        }
        to.write(event);
        events++;
    }

    /** Begins the next file when this one is long enough. */
    void rotate() throws IOException {
        if (options.fileBytes() > 0 && current().bytesWritten() >= options.fileBytes()) {
            end();
            begin();
        }
    }

    /** Brings to disk what was written up to here, so that the file can be looked at. */
    void flush() throws IOException {
        current().flush();
    }

    private ScapWriter current() {
        ScapWriter now = writer;
        if (now == null) {
            throw new IllegalStateException("no file was begun");
        }
        return now;
    }

    /** Closes the file that is written now. */
    void end() throws IOException {
        ScapWriter now = writer;
        if (now != null) {
            writer = null;
            bytes += now.bytesWritten();
            now.close();
        }
    }

    long events() {
        return events;
    }

    /** Bytes of all files, those deleted again included. */
    long bytes() {
        ScapWriter now = writer;
        return bytes + (now == null ? 0 : now.bytesWritten());
    }

    /** The files that are there, oldest first. */
    Iterable<Path> files() {
        return kept;
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
