// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.Group;
import dev.torimono.model.Snapshot;
import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes a capture that every reader of the format opens: the state of the machine, then events as
 * records of the schema, our extensions in a {@link Companion} each. Used by one thread.
 *
 * <p>Kinds of fds and event types that came after a reader was built are its own affair: it skips
 * events that it does not know; of the kinds of fds, older ones refuse what they do not know, so
 * that those younger than {@link #NEWEST_KIND} are told as unsupported, with their names.
 */
public final class ScapWriter implements AutoCloseable {
    private static final int SECTION_MAGIC = 0x1A2B3C4D;
    private static final int MAJOR = 1;
    private static final int MINOR = 2;

    /** Where a record stands in its block: behind the block's header and the CPU. */
    private static final int RECORD = 10;

    private static final int HOSTNAME_BYTES = 128;
    private static final int MAX_NAME = 255;
    private static final int MAX_PATH = 1024;

    /** {@code FILE_V2} of the format; sysdig 0.29 knows no younger ones. */
    static final int NEWEST_KIND = 16;

    /** Entries are gathered into blocks of about this size, which every reader takes. */
    private static final int BLOCK_BYTES = 1 << 20;

    private final OutputStream out;
    private final Block block = new Block();
    private final EventBlock events;
    private long written;
    private long count;

    /**
     * Writes to a stream that it closes.
     *
     * @param snapLength most bytes of a parameter that holds data; 0 keeps all
     */
    public ScapWriter(OutputStream out, int snapLength) {
        this.out = out;
        this.events = new EventBlock(block, snapLength);
    }

    /** Begins a section with the state before its first event. */
    public void begin(Snapshot snapshot) throws IOException {
        block.begin(BlockType.SECTION).u32(SECTION_MAGIC).u16(MAJOR).u16(MINOR).u64(-1);
        flushBlock();
        machine(snapshot.machine());
        interfaces(snapshot.networkInterfaces());
        accounts(snapshot.users(), snapshot.groups());
        tasks(snapshot);
        for (var entry : snapshot.fds().entrySet()) {
            fds(entry.getKey(), entry.getValue());
        }
    }

    /** Appends one event; what stands behind the schema's parameters goes before it, apart. */
    public void write(Event event) throws IOException {
        if (Companion.isNeeded(event)) {
            Companion.fill(block, event);
            flushBlock();
        }
        events.fill(event);
        flushBlock();
        count++;
    }

    /**
     * Appends blocks that {@link EventBlocks} made, whole ones in a row.
     *
     * @param fromNs leaves out events before it
     */
    public void writeBlocks(byte[] blocks, long fromNs) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < blocks.length; at += in.getInt(at + 4)) {
            int length = in.getInt(at + 4);
            if (in.getLong(at + RECORD + Event.TIMESTAMP_OFFSET) >= fromNs) {
                out.write(blocks, at, length);
                written += length;
                count += in.getShort(at + RECORD + Event.TYPE_OFFSET) == Companion.TYPE ? 0 : 1;
            }
        }
    }

    /** Bytes handed to the stream. */
    public long bytesWritten() {
        return written;
    }

    public long eventsWritten() {
        return count;
    }

    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void flushBlock() throws IOException {
        int total = block.end();
        out.write(block.bytes(), 0, total);
        written += total;
    }

    private void machine(Snapshot.Machine machine) throws IOException {
        block.begin(BlockType.MACHINE).u32(machine.cpus()).u64(machine.memoryBytes());
        block.u64(Long.MAX_VALUE).fixed(machine.hostname(), HOSTNAME_BYTES);
        block.u64(machine.bootTimeNs()).u64(0).u64(0).u64(0);
        flushBlock();
    }

    private void interfaces(List<Snapshot.NetworkInterface> interfaces) throws IOException {
        block.begin(BlockType.INTERFACES_V2);
        for (Snapshot.NetworkInterface each : interfaces) {
            int width = each.address().length();
            int at = block.openEntry();
            // Kinds with a link speed, which is not known: old readers take no others.
            block.u16(width == 4 ? 1 : 2).u16(Math.min(each.name().length(), MAX_NAME));
            block.fixed(each.address(), width).fixed(each.netmask(), width);
            block.fixed(Text.EMPTY, width).u64(0); // broadcast, speed: nobody asks
            block.raw(each.name().array(), 0, Math.min(each.name().length(), MAX_NAME));
            block.closeEntry(at, 4);
        }
        flushBlock();
    }

    private void accounts(List<User> users, List<Group> groups) throws IOException {
        block.begin(BlockType.USERS_V2);
        for (User user : users) {
            int at = block.openEntry();
            block.u8(0).u32(user.uid()).u32(user.gid()).text(user.name(), MAX_NAME);
            block.text(user.home(), MAX_PATH).text(user.shell(), MAX_PATH);
            block.closeEntry(at, 0);
        }
        for (Group group : groups) {
            int at = block.openEntry();
            block.u8(1).u32(group.gid()).text(group.name(), MAX_NAME);
            block.closeEntry(at, 0);
        }
        flushBlock();
    }

    private void tasks(Snapshot snapshot) throws IOException {
        block.begin(BlockType.TASKS_V9);
        for (var task : snapshot.tasks()) {
            TaskEntry.write(block, task);
            if (block.position() > BLOCK_BYTES) {
                flushBlock();
                block.begin(BlockType.TASKS_V9);
            }
        }
        flushBlock();
    }

    private void fds(long tid, List<Fd> fds) throws IOException {
        block.begin(BlockType.FDS_V2).u64(tid);
        for (Fd fd : fds) {
            FdEntry.write(block, fd);
        }
        flushBlock();
    }
}
