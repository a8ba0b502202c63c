// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

import dev.torimono.model.Event;
import dev.torimono.model.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands out one shared Text for bytes seen before: a busy host executes the same commands with the
 * same environment over and over. Direct-mapped, so it never grows and never needs cleaning; a
 * collision only costs a copy. One owner thread.
 */
public final class TextPool {
    /** Longer texts are rarely repeated and would only pin memory. */
    private static final int LONGEST_KEPT = 256;

    private static final int MOST_TEXTS = 2048;

    private final @Nullable Text[] slots;
    private byte[] bytes = new byte[8192];
    private final Text[] list = new Text[MOST_TEXTS];

    /** One that remembers that many texts; a power of two. */
    public TextPool(int slots) {
        this.slots = new @Nullable Text[slots];
    }

    public Text of(byte[] source, int offset, int length) {
        if (length == 0) {
            return Text.EMPTY;
        }
        if (length > LONGEST_KEPT) {
            return Text.of(source, offset, length);
        }
        int h = Text.hash(source, offset, length);
        int slot = (h ^ (h >>> 15)) & (slots.length - 1);
        Text known = slots[slot];
        if (known != null && known.equalTo(source, offset, length)) {
            return known;
        }
        Text fresh = Text.of(source, offset, length);
        slots[slot] = fresh;
        return fresh;
    }

    /** The NUL-terminated text of a parameter; empty when absent. */
    public Text of(Event event, int param) {
        return of(event, param, 0);
    }

    /** The NUL-terminated text that starts at a byte of a parameter. */
    public Text of(Event event, int param, int from) {
        int length = event.textLength(param, from);
        load(event, param, from, length);
        return of(bytes, 0, length);
    }

    /** The NUL-separated texts of a parameter. */
    public List<Text> list(Event event, int param) {
        int length = event.length(param);
        load(event, param, 0, length);
        return list(bytes, 0, length);
    }

    /** NUL-separated texts; what follows the last NUL counts when it is not empty. */
    public List<Text> list(byte[] source, int offset, int length) {
        int count = 0;
        int start = offset;
        int end = offset + length;
        for (int i = offset; i < end && count < MOST_TEXTS; i++) {
            if (source[i] == 0) {
                list[count++] = of(source, start, i - start);
                start = i + 1;
            }
        }
        if (start < end && count < MOST_TEXTS) {
            list[count++] = of(source, start, end - start);
        }
        return switch (count) {
            case 0 -> List.of();
            case 1 -> List.of(list[0]);
            case 2 -> List.of(list[0], list[1]);
            default -> List.copyOf(java.util.Arrays.asList(list).subList(0, count));
        };
    }

    private void load(Event event, int param, int from, int length) {
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, bytes.length * 2)];
        }
        event.copy(param, from, bytes, 0, length);
    }
}
