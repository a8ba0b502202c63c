// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one urgency, oldest first, in files of bounded size. Not thread-safe: {@link Spool}
 * guards it.
 *
 * <pre>
 * high/0000000000000003.alerts    records {length, checksum, key length, key, json}
 * high/0000000000000004.alerts    being written
 * high/delivered                  "3 8191": all before that place is delivered
 * </pre>
 */
final class SpoolLane implements Closeable {
    private static final int HEADER_BYTES = 12;
    private static final int MAX_RECORD_BYTES = 16 << 20;
    private static final long FILE_BYTES = 1 << 20;

    private final Path folder;
    private final ArrayDeque<Segment> segments = new ArrayDeque<>();
    private @Nullable FileChannel writing;
    private long next;

    /** One file: what is left in it to deliver. */
    private static final class Segment {
        final long number;
        final Path file;
        long bytes;
        long delivered;
        long alerts;

        Segment(long number, Path file) {
            this.number = number;
            this.file = file;
        }
    }

    /**
     * Some alerts, and the place behind them.
     *
     * @param alerts oldest first
     * @param segment number of the file they lie in
     * @param end where the file goes on
     */
    record Batch(List<SpooledAlert> alerts, long segment, long end) {}

    SpoolLane(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        long[] delivered = delivered();
        // Also when no file is left: one of a number that was used would count as delivered.
        next = delivered[0] + 1;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> numberOf(file) >= 0).sorted().toList()) {
                long number = numberOf(file);
                next = Math.max(next, number + 1);
                if (number < delivered[0]) {
                    Files.delete(file);
                    continue;
                }
                Segment segment = new Segment(number, file);
                segment.delivered = number == delivered[0] ? delivered[1] : 0;
                count(segment);
                if (segment.alerts == 0) {
                    Files.delete(file);
                } else {
                    segments.add(segment);
                }
            }
        }
    }

    private static void count(Segment segment) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(segment.file));
        all.position((int) Math.min(segment.delivered, all.limit()));
        while (read(all) != null) {
            segment.alerts++;
            segment.bytes = all.position();
        }
        segment.bytes = Math.max(segment.bytes, segment.delivered);
    }

    void append(SpooledAlert alert) throws IOException {
        Segment last = segments.peekLast();
        FileChannel channel = writing;
        if (channel == null || last == null || last.bytes >= FILE_BYTES) {
            close();
            last = new Segment(next, folder.resolve("%016d.alerts".formatted(next)));
            channel =
                    FileChannel.open(
                            last.file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            writing = channel;
            next++;
            segments.add(last);
        }
        byte[] key = alert.key().getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = ByteBuffer.allocate(HEADER_BYTES + key.length + alert.json().length);
        CRC32C checksum = new CRC32C();
        checksum.update(key);
        checksum.update(alert.json());
        record.putInt(key.length + alert.json().length)
                .putInt((int) checksum.getValue())
                .putInt(key.length)
                .put(key)
                .put(alert.json())
                .flip();
        int size = record.remaining();
        while (record.hasRemaining()) {
            channel.write(record, last.bytes + record.position());
        }
        last.bytes += size;
        last.alerts++;
    }

    /** The oldest alerts; null when there are none. */
    @Nullable Batch oldest(int maxAlerts, int maxBytes) throws IOException {
        Segment first = segments.peekFirst();
        if (first == null || first.alerts == 0) {
            return null;
        }
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(first.file));
        all.limit((int) Math.min(first.bytes, all.limit()));
        all.position((int) first.delivered);
        List<SpooledAlert> alerts = new ArrayList<>();
        int bytes = 0;
        while (alerts.size() < maxAlerts && bytes < maxBytes) {
            SpooledAlert alert = read(all);
            if (alert == null) {
                break;
            }
            alerts.add(alert);
            bytes += alert.json().length;
        }
        return new Batch(alerts, first.number, all.position());
    }

    /** What is before the end of a batch is delivered. */
    void delivered(Batch batch) throws IOException {
        Segment first = segments.peekFirst();
        if (first == null || first.number != batch.segment()) {
            // Dropped for want of room while it was under way.
            return;
        }
        first.delivered = batch.end();
        first.alerts -= batch.alerts().size();
        if (batch.alerts().isEmpty()) {
            // Nothing readable is left: a disk fault, or a record cut by a crash.
            first.alerts = 0;
        }
        if (first.alerts == 0) {
            remove(first);
        } else {
            Path fresh = folder.resolve("delivered.new");
            Files.writeString(fresh, first.number + " " + first.delivered);
            Files.move(
                    fresh,
                    folder.resolve("delivered"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Drops the oldest file; returns how many alerts went with it. */
    long dropOldest() throws IOException {
        Segment first = segments.peekFirst();
        if (first == null) {
            return 0;
        }
        long alerts = first.alerts;
        remove(first);
        return alerts;
    }

    private void remove(Segment first) throws IOException {
        segments.removeFirst();
        if (segments.isEmpty()) {
            close();
        }
        Files.deleteIfExists(first.file);
    }

    long alerts() {
        return segments.stream().mapToLong(segment -> segment.alerts).sum();
    }

    long bytes() {
        return segments.stream().mapToLong(segment -> segment.bytes).sum();
    }

    @Override
    public void close() throws IOException {
        FileChannel channel = writing;
        writing = null;
        if (channel != null) {
            channel.force(false);
            channel.close();
        }
    }

    private long[] delivered() throws IOException {
        Path file = folder.resolve("delivered");
        if (!Files.exists(file)) {
            return new long[] {-1, 0};
        }
        String[] parts = Files.readString(file).strip().split(" ", -1);
        try {
            return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])};
        } catch (RuntimeException e) {
            // Told twice is better than never.
            return new long[] {-1, 0};
        }
    }

    /** Null at the end, and at what a crash has cut. */
    private static @Nullable SpooledAlert read(ByteBuffer from) {
        int start = from.position();
        if (from.remaining() < HEADER_BYTES) {
            return null;
        }
        int length = from.getInt();
        int checksum = from.getInt();
        int keyLength = from.getInt();
        boolean sound =
                length >= 0
                        && length <= MAX_RECORD_BYTES
                        && length <= from.remaining()
                        && keyLength >= 0
                        && keyLength <= length;
        if (!sound) {
            from.position(start);
            return null;
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        CRC32C actual = new CRC32C();
        actual.update(bytes);
        if ((int) actual.getValue() != checksum) {
            from.position(start);
            return null;
        }
        String key = new String(bytes, 0, keyLength, StandardCharsets.UTF_8);
        return new SpooledAlert(key, java.util.Arrays.copyOfRange(bytes, keyLength, length));
    }

    private static long numberOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.matches("\\d{16}\\.alerts") ? Long.parseLong(name.substring(0, 16)) : -1;
    }
}
