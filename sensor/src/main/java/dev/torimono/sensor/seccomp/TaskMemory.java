// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of a task that waits for an answer. It is the task's own: it may lie, and another of
 * its threads may change it at any time. One thread.
 */
final class TaskMemory {
    static final int MOST_BYTES = 16_384;
    private static final int PAGE = 4096;
    private static final int WINDOW = 256;
    private static final int AHEAD = 512;
    private static final int PATH_BYTES = 4096;
    private static final int MOST_ARGUMENTS = 512;

    private final MemoryCalls calls = new MemoryCalls();
    private final byte[] bytes = new byte[MOST_BYTES];
    private final byte[] pointers = new byte[MOST_ARGUMENTS * 8];
    private final byte[] windows = new byte[MemoryCalls.MOST_PLACES * WINDOW];
    private final long[] places = new long[MemoryCalls.MOST_PLACES];
    private final int[] lengths = new int[MemoryCalls.MOST_PLACES];
    private int failure;

    /** What was fetched ahead: where from, and how many bytes of it. */
    private long textAt;

    private int textBytes;
    private long arrayAt;
    private int arrayBytes;
    private final byte[] fetched = new byte[2 * AHEAD];

    /** Another call: nothing has failed yet. */
    void begin() {
        failure = 0;
        textBytes = 0;
        arrayBytes = 0;
    }

    /** Reads the beginnings of a text and of an array at once: both will be asked for. */
    void fetch(long tid, long text, long array) {
        begin();
        if (text == 0 || array == 0) {
            return;
        }
        places[0] = text;
        places[1] = array;
        lengths[0] = ahead(text);
        lengths[1] = ahead(array);
        int whole = calls.readMany(tid, places, lengths, 2, AHEAD, fetched);
        textAt = text;
        arrayAt = array;
        textBytes = whole > 0 ? lengths[0] : 0;
        arrayBytes = whole > 1 ? lengths[1] : 0;
    }

    /** A page that is not there must not take the one before it along. */
    private static int ahead(long address) {
        return (int) Math.min(PAGE - (address & (PAGE - 1)), AHEAD);
    }

    /** Why the last read gave nothing, as an error number; 0 when it gave something. */
    int failure() {
        return failure;
    }

    /** A NUL-terminated text of at most a path's length; empty when it cannot be read. */
    Text text(long tid, long address) {
        if (address == 0) {
            return Text.EMPTY;
        }
        int ended = address == textAt ? end(textBytes) : -1;
        if (ended >= 0) {
            return Text.of(fetched, 0, ended);
        }
        int have = 0;
        while (have < PATH_BYTES) {
            // A page that is not there must not take the one before it along.
            long at = address + have;
            int most = (int) Math.min(PAGE - (at & (PAGE - 1)), have == 0 ? WINDOW : PATH_BYTES);
            int n = read(tid, at, have, Math.min(most, PATH_BYTES - have));
            for (int i = have; i < have + n; i++) {
                if (bytes[i] == 0) {
                    return Text.of(bytes, 0, i);
                }
            }
            have += n;
            if (n == 0) {
                break;
            }
        }
        return Text.of(bytes, 0, have);
    }

    /** Of the text that was fetched; -1 when it does not end within. */
    private int end(int most) {
        for (int i = 0; i < most; i++) {
            if (fetched[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Bytes as they are; fewer when some cannot be read. */
    byte[] bytes(long tid, long address, int length) {
        int n = address == 0 ? 0 : read(tid, address, 0, Math.min(length, MOST_BYTES));
        return java.util.Arrays.copyOf(bytes, n);
    }

    /** The texts that an array of pointers names. */
    List<Text> texts(long tid, long address, int pointerBytes, int mostBytes) {
        List<Text> texts = new ArrayList<>();
        int total = 0;
        long at = address;
        boolean more = address != 0;
        while (more && texts.size() < MOST_ARGUMENTS && total < mostBytes) {
            int n = pointers(tid, at, pointerBytes);
            int named = 0;
            while (named < MemoryCalls.MOST_PLACES
                    && (named + 1) * pointerBytes <= n
                    && pointer(named * pointerBytes, pointerBytes) != 0) {
                places[named] = pointer(named * pointerBytes, pointerBytes);
                named++;
            }
            more = named == MemoryCalls.MOST_PLACES || (named + 1) * pointerBytes > n;
            more &= named > 0;
            at += (long) named * pointerBytes;
            total += texts(tid, named, mostBytes - total, texts);
        }
        return texts;
    }

    /** Reads pointers of an array; the number of bytes. */
    private int pointers(long tid, long at, int pointerBytes) {
        if (at == arrayAt && arrayBytes >= pointerBytes) {
            System.arraycopy(fetched, AHEAD, pointers, 0, arrayBytes);
            return arrayBytes;
        }
        int most = (int) Math.min(PAGE - (at & (PAGE - 1)), pointers.length);
        return Math.max(0, calls.read(tid, at, pointers, Math.max(most, pointerBytes)));
    }

    /** The texts at the first {@link #places}; returns their bytes. */
    private int texts(long tid, int count, int mostBytes, List<Text> into) {
        for (int i = 0; i < count; i++) {
            lengths[i] = (int) Math.min(PAGE - (places[i] & (PAGE - 1)), WINDOW);
        }
        int whole = calls.readMany(tid, places, lengths, count, WINDOW, windows);
        int total = 0;
        for (int i = 0; i < count && total < mostBytes && into.size() < MOST_ARGUMENTS; i++) {
            int length = i < whole ? length(i * WINDOW, lengths[i]) : -1;
            // Longer than its window, or in a page that is not there.
            Text text = length < 0 ? text(tid, places[i]) : Text.of(windows, i * WINDOW, length);
            total += text.length() + 1;
            into.add(text);
        }
        return total;
    }

    /** Of the text in a window; -1 when it does not end there. */
    private int length(int from, int most) {
        for (int i = 0; i < most; i++) {
            if (windows[from + i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private long pointer(int at, int width) {
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | (pointers[at + i] & 0xff);
        }
        return value;
    }

    private int read(long tid, long address, int offset, int length) {
        byte[] into = offset == 0 ? bytes : new byte[length];
        int n = calls.read(tid, address, into, length);
        failure = n < 0 ? -n : 0;
        n = Math.max(n, 0);
        if (offset != 0) {
            System.arraycopy(into, 0, bytes, offset, n);
        }
        return n;
    }
}
