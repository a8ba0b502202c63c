// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * What was acknowledged and is not yet for certain in an index: records one after another, each
 * {@code length, checksum, bytes}. One thread writes. A record that a crash has cut ends its file.
 *
 * <pre>
 * journal/0000000000000007.log   being written
 * journal/0000000000000006.log   waits for the next checkpoint, which deletes it
 * </pre>
 */
final class Journal implements Closeable {
    private static final int HEADER_BYTES = 8;
    private static final int MAX_RECORD_BYTES = 16 << 20;
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path folder;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private FileChannel channel;
    private long number;
    private long durableBytes;

    /** There is something behind what is durable, which nothing may be written after. */
    private boolean torn;

    private Journal(Path folder, long number) throws IOException {
        this.folder = folder;
        this.number = number;
        this.channel = create(number);
    }

    /**
     * Reads everything that is left of an earlier life, then begins a new file.
     *
     * @param onRecord given each record in order
     */
    static Journal open(Path folder, Consumer<byte[]> onRecord) throws IOException {
        Files.createDirectories(folder);
        long last = 0;
        for (Path file : files(folder)) {
            replay(file, onRecord);
            last = Math.max(last, numberOf(file));
        }
        return new Journal(folder, last + 1);
    }

    /** Makes records durable, all or none of them. */
    void append(List<byte[]> records) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        if (torn) {
            mend();
        }
        try {
            for (byte[] bytes : records) {
                put(bytes);
            }
            flush();
            channel.force(false);
            durableBytes = channel.position();
        } catch (IOException e) {
            torn = true;
            try {
                mend();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** What was half written must not look acknowledged after a restart. */
    private void mend() throws IOException {
        buffer.clear();
        channel.truncate(durableBytes);
        channel.position(durableBytes);
        torn = false;
    }

    long bytes() {
        return durableBytes;
    }

    /** Begins a new file and forgets all before it: their records are in the indexes for good. */
    void checkpoint() throws IOException {
        FileChannel fresh = create(number + 1);
        channel.close();
        channel = fresh;
        number++;
        durableBytes = 0;
        torn = false;
        buffer.clear();
        for (Path file : files(folder)) {
            if (numberOf(file) < number) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void put(byte[] bytes) throws IOException {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        ensure(HEADER_BYTES);
        buffer.putInt(bytes.length).putInt((int) checksum.getValue());
        int done = 0;
        while (done < bytes.length) {
            ensure(1);
            int part = Math.min(buffer.remaining(), bytes.length - done);
            buffer.put(bytes, done, part);
            done += part;
        }
    }

    private void ensure(int room) throws IOException {
        if (buffer.remaining() < room) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    private FileChannel create(long fileNumber) throws IOException {
        Path file = folder.resolve("%016d.log".formatted(fileNumber));
        // One that is there already was begun before, and not to the end.
        FileChannel created =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        // Else a crash of the machine may forget the file's name together with what is in it.
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            created.close();
            throw e;
        }
        return created;
    }

    private static void replay(Path file, Consumer<byte[]> onRecord) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in =
                        new DataInputStream(new java.io.BufferedInputStream(raw, BUFFER_BYTES))) {
            while (true) {
                int length = in.readInt();
                int checksum = in.readInt();
                if (length < 0 || length > MAX_RECORD_BYTES) {
                    return;
                }
                byte[] bytes = in.readNBytes(length);
                CRC32C actual = new CRC32C();
                actual.update(bytes);
                if (bytes.length < length || (int) actual.getValue() != checksum) {
                    return;
                }
                onRecord.accept(bytes);
            }
        } catch (EOFException e) {
            // The end, or a record cut by a crash: it was never acknowledged.
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(file -> numberOf(file) >= 0).sorted().toList();
        }
    }

    /** -1 for a file that is none of ours. */
    private static long numberOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.matches("\\d{16}\\.log") ? Long.parseLong(name.substring(0, 16)) : -1;
    }
}
