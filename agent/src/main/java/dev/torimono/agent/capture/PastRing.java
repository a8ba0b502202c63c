// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.capture;

import dev.torimono.model.Container;
import dev.torimono.model.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recent events of one container, as blocks ready to be written. The pipeline's thread. */
final class PastRing {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int START_BYTES = 1 << 12;

    /** Ended processes that are told all the same, since their events are there. */
    private static final int MOST_ENDED = 256;

    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private final Deque<Task> ended = new ArrayDeque<>();
    private byte[] filling = new byte[START_BYTES];
    private int used;
    private long firstNs;
    private long lastNs;
    private long bytes;
    private @Nullable Container container;
    private @Nullable Recording recording;

    @Nullable Recording recording() {
        return recording;
    }

    void recording(@Nullable Recording value) {
        recording = value;
    }

    @Nullable Container container() {
        return container;
    }

    void container(Container value) {
        container = value;
    }

    /** Bytes kept, those of a chunk under way included. */
    long bytes() {
        return bytes + used;
    }

    long lastNs() {
        return lastNs;
    }

    /** When the oldest event happened that is still there; the largest number when none is. */
    long oldestNs() {
        Chunk first = chunks.peekFirst();
        return first != null ? first.firstNs() : used > 0 ? firstNs : Long.MAX_VALUE;
    }

    void add(byte[] block, int length, long timeNs) {
        if (filling.length - used < length) {
            room(length);
        }
        if (used == 0) {
            firstNs = timeNs;
        }
        System.arraycopy(block, 0, filling, used, length);
        used += length;
        lastNs = timeNs;
    }

    /** A quiet container holds little: a chunk grows before it is full. */
    private void room(int length) {
        if (filling.length < CHUNK_BYTES) {
            filling = Arrays.copyOf(filling, Math.max(2 * filling.length, used + length));
        } else {
            seal();
            if (filling.length < length) {
                filling = new byte[length];
            }
        }
    }

    /** Closes the chunk under way; hands it to a recording under way, too. */
    void seal() {
        if (used == 0) {
            return;
        }
        byte[] whole = used == filling.length ? filling : Arrays.copyOf(filling, used);
        Chunk chunk = new Chunk(whole, firstNs, lastNs);
        filling = new byte[START_BYTES];
        used = 0;
        chunks.addLast(chunk);
        bytes += whole.length;
        Recording to = recording;
        if (to != null) {
            to.offer(chunk);
        }
    }

    /** Forgets the oldest chunk; how many bytes it had. */
    int forgetOldest() {
        Chunk gone = chunks.pollFirst();
        if (gone == null) {
            return 0;
        }
        bytes -= gone.bytes().length;
        return gone.bytes().length;
    }

    /** Forgets what is older than that. */
    void forgetBefore(long timeNs) {
        Chunk first = chunks.peekFirst();
        while (first != null && first.lastNs() < timeNs) {
            forgetOldest();
            first = chunks.peekFirst();
        }
        while (!ended.isEmpty() && ended.peekFirst().exitTimeNs() < timeNs) {
            ended.removeFirst();
        }
    }

    /** Everything up to now, oldest first. */
    List<Chunk> past() {
        seal();
        return new ArrayList<>(chunks);
    }

    void ended(Task task) {
        if (ended.size() >= MOST_ENDED) {
            ended.removeFirst();
        }
        ended.addLast(task);
    }

    /** Processes that have ended meanwhile but were there before the oldest event. */
    List<Task> endedSince(long timeNs) {
        return ended.stream().filter(task -> task.cloneTimeNs() < timeNs).toList();
    }
}
