// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Event;

/** Makes the blocks of an event, to be kept and written later. Used by one thread. */
public final class EventBlocks {
    private final Block block = new Block();
    private final EventBlock events = new EventBlock(block, 0);
    private byte[] bytes = new byte[1 << 12];

    /** The event's blocks, its companion first; how many bytes of {@link #bytes} they take. */
    public int fill(Event event) {
        int length = 0;
        if (Companion.isNeeded(event)) {
            Companion.fill(block, event);
            length = take(0);
        }
        events.fill(event);
        return take(length);
    }

    /** What {@link #fill} made; valid until its next call. */
    public byte[] bytes() {
        return bytes;
    }

    private int take(int at) {
        int length = block.end();
        if (bytes.length < at + length) {
            bytes = java.util.Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + length));
        }
        System.arraycopy(block.bytes(), 0, bytes, at, length);
        return at + length;
    }
}
