// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.EventSource;
import dev.torimono.model.EventType;
import dev.torimono.model.Snapshot;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Replays a capture: hands over its events in order, as records of the current model. A record that
 * already is one is read where it lies. Memory does not grow with the length of the capture. Used
 * by one thread.
 *
 * <p>Some events are there for the state only: the enter events that conversion lets through, and
 * changes of containers and accounts at the beginning. The host takes them in and makes no
 * observation of them; they count in {@link Event#number()} all the same.
 */
public final class ReplaySensor implements EventSource {
    private static final int BATCH = 8192;
    private static final int BLOCK_HEADER_BYTES = 8;
    private static final int BLOCK_BYTES = BLOCK_HEADER_BYTES + 4;
    private static final int GZIP_MAGIC = 0x8b1f;

    /** The first two bytes of four; no capture begins like this. */
    private static final int ZSTD_MAGIC = 0xb528;

    private static final int SECTION_MAGIC = 0x1A2B3C4D;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED;

    private final CountedStream file;
    private final ByteWindow window;
    private final Consumer<Snapshot> snapshots;
    private final Converter converter;
    private final Companion companion = new Companion();
    private final RecordLayout layout = new RecordLayout();
    private final Event event = new Event();
    private long number;
    private boolean ended;

    private ReplaySensor(CountedStream file, ByteWindow window, Consumer<Snapshot> snapshots) {
        this.file = file;
        this.window = window;
        this.snapshots = snapshots;
        this.converter = new Converter(window::fault);
    }

    /**
     * Opens a capture, plain or compressed with gzip, and reads its beginning.
     *
     * @param snapshots receives the state before the first event, and again whenever another
     *     capture was appended to the file
     * @throws ScapException when it is no capture or is damaged; so do all methods of the sensor
     */
    public static ReplaySensor open(Path file, Consumer<Snapshot> snapshots) {
        try {
            return open(file.toString(), Files.newInputStream(file), snapshots);
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
            throw new ScapException(file.toString(), 0, "cannot be opened: " + why, e);
        }
    }

    /** Opens a capture from a stream, which the sensor closes. */
    public static ReplaySensor open(String name, InputStream stream, Consumer<Snapshot> snapshots) {
        CountedStream file = new CountedStream(stream);
        ByteWindow window = new ByteWindow(name, plain(name, file));
        ReplaySensor sensor = new ReplaySensor(file, window, snapshots);
        try {
            sensor.readSection();
        } catch (ScapException e) {
            sensor.close();
            throw e;
        }
        return sensor;
    }

    /** Bytes of the file read up to here, compressed as they lie there. */
    public long bytesRead() {
        return file.count();
    }

    private static InputStream plain(String name, InputStream stream) {
        try {
            BufferedInputStream buffered = new BufferedInputStream(stream, 1 << 16);
            buffered.mark(2);
            int magic = buffered.read() | buffered.read() << 8;
            buffered.reset();
            boolean gzip = magic == GZIP_MAGIC;
            if (magic == ZSTD_MAGIC) {
                throw new ScapException(
                        name, 0, "compressed with zstd; run zstd -d on it first", null);
            }
            return gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
        } catch (IOException e) {
            throw new ScapException(name, 0, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** A capture has what it has: a demand changes nothing here. */
    @Override
    public void subscribe(Demand demand) {}

    @Override
    public int poll(Sink sink, long timeoutMs) {
        int handed = 0;
        while (handed < BATCH && !ended) {
            Event next = next();
            if (next != null) {
                handed++;
                sink.on(next);
            }
        }
        return handed == 0 && ended ? -1 : handed;
    }

    @Override
    public void close() {
        ended = true;
        window.close();
    }

    /** Reads one block; the event it yields, or null when it yields none. */
    private @Nullable Event next() {
        int total = block();
        if (total == 0) {
            ended = true;
            return null;
        }
        BlockType type = BlockType.of(window.u32(0));
        if (type == BlockType.SECTION) {
            readSection();
            return null;
        }
        if (type == null || !type.isEvent()) {
            throw window.fault("unexpected block between events");
        }
        Event read = event(type, total);
        window.advance(total);
        return read;
    }

    private @Nullable Event event(BlockType type, int total) {
        int at = window.position() + BLOCK_HEADER_BYTES;
        int ahead = type.hasFlags() ? 6 : 2;
        int available = total - BLOCK_BYTES - ahead;
        if (available < Event.PARAM_COUNT_OFFSET) {
            throw window.fault("event block shorter than an event");
        }
        MemorySegment segment = window.segment();
        int cpu = Short.toUnsignedInt(segment.get(U16, at));
        int record = at + ahead;
        int code = Short.toUnsignedInt(segment.get(U16, record + Event.TYPE_OFFSET));
        if (code == Companion.TYPE) {
            companion.keep(segment, record, available);
            return null;
        }
        if (code >= EventType.count()) {
            return null; // written by something newer than this schema
        }
        String fault;
        if (type.version() == 1) {
            fault = layout.rewrite(segment, record, available);
            if (fault == null) {
                fault = event.wrap(layout.segment(), 0, layout.length(), cpu);
            }
        } else {
            fault = event.wrap(segment, record, available, cpu);
        }
        if (fault == null) {
            fault = NumberWidths.fault(event);
        }
        if (fault != null) {
            throw window.fault("event: " + fault);
        }
        Event converted = converter.convert(event);
        if (converted == null) {
            return null;
        }
        Event whole = companion.join(converted);
        whole.number(++number);
        return whole;
    }

    /** Reads the section header and the metadata up to the first event. */
    private void readSection() {
        readSectionHeader();
        converter.reset();
        Metadata metadata = new Metadata();
        while (true) {
            int total = block();
            if (total == 0) {
                throw window.fault("no events in file");
            }
            BlockType type = BlockType.of(window.u32(0));
            if (type == BlockType.SECTION) {
                throw window.fault("section header inside metadata");
            }
            if (type != null && type.isEvent()) {
                break;
            }
            if (type != null) {
                checkTrailer(total);
                metadata.read(type, new Cursor(window, BLOCK_HEADER_BYTES, total - BLOCK_BYTES));
            }
            window.advance(total);
        }
        snapshots.accept(metadata.snapshot());
    }

    private void readSectionHeader() {
        if (window.have(4) < 4 || BlockType.of(window.u32(0)) != BlockType.SECTION) {
            throw window.fault("no capture: it does not begin with a section header");
        }
        int total = block();
        checkTrailer(total);
        Cursor in = new Cursor(window, BLOCK_HEADER_BYTES, total - BLOCK_BYTES);
        if (in.i32() != SECTION_MAGIC) {
            throw in.fault("invalid magic number: no capture, or one of the other byte order");
        }
        int major = in.u16();
        if (major > 1) {
            throw in.fault("capture of version " + major + ", which is not known");
        }
        window.advance(total);
    }

    /** Brings the next block into memory; its whole length, or 0 at the end of the capture. */
    private int block() {
        int there = window.have(BLOCK_HEADER_BYTES);
        if (there == 0) {
            return 0;
        }
        if (there < BLOCK_HEADER_BYTES) {
            throw window.fault("capture ends inside a block header");
        }
        int total = window.u32(4);
        if (total < BLOCK_BYTES || total > ByteWindow.MAX_BYTES || (total & 3) != 0) {
            throw window.fault("block length " + Integer.toUnsignedLong(total) + " out of bounds");
        }
        if (window.have(total) < total) {
            throw window.fault("capture ends inside a block");
        }
        return total;
    }

    private void checkTrailer(int total) {
        if (window.u32(total - 4) != total) {
            throw window.fault("block lengths at its two ends differ");
        }
    }
}
