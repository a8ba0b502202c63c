// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import com.github.luben.zstd.Zstd;
import dev.torimono.collector.store.StoreException;

/** Packs the JSON of events. Any thread. */
final class Bodies {
    private static final int LEVEL = 3;
    private static final int MAX_BYTES = 16 << 20;

    private Bodies() {}

    /**
     * Loads the native code now.
     *
     * @throws StoreException when this machine does not allow it
     */
    static void load() {
        try {
            pack(new byte[0]);
        } catch (LinkageError e) {
            throw new StoreException("event store: zstd cannot be loaded: " + e.getMessage(), e);
        }
    }

    static byte[] pack(byte[] json) {
        return Zstd.compress(json, LEVEL);
    }

    static byte[] unpack(byte[] packed) {
        long size = Zstd.getFrameContentSize(packed);
        if (size < 0 || size > MAX_BYTES) {
            throw new StoreException("event store: a body is damaged: " + size + " bytes");
        }
        return Zstd.decompress(packed, (int) size);
    }
}
