// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.torimono.collector.store.StoreException;
import java.io.Closeable;
import java.util.Arrays;

/** Packs the JSON of events; one thread at a time. What it packed, any thread can read. */
final class Bodies implements Closeable {
    /** The next level takes twice the time and saves a tenth of the room. */
    private static final int LEVEL = 1;

    private static final int MAX_BYTES = 16 << 20;

    /** How everything begins that was packed; JSON begins otherwise. */
    private static final byte[] MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    /** Made anew for each event it would cost more than the packing. */
    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);

    /**
     * Loads the native code now.
     *
     * @throws StoreException when this machine does not allow it
     */
    static void load() {
        try {
            new Bodies().close();
        } catch (LinkageError e) {
            throw new StoreException("event store: zstd cannot be loaded: " + e.getMessage(), e);
        }
    }

    byte[] pack(byte[] json) {
        return context.compress(json);
    }

    /** The JSON of what may be packed, or from a version that did not. */
    static byte[] read(byte[] bytes) {
        boolean packed =
                bytes.length >= MAGIC.length
                        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        return packed ? unpack(bytes) : bytes;
    }

    static byte[] unpack(byte[] packed) {
        long size = Zstd.getFrameContentSize(packed);
        if (size < 0 || size > MAX_BYTES) {
            throw new StoreException("event store: a body is damaged: " + size + " bytes");
        }
        return Zstd.decompress(packed, (int) size);
    }

    @Override
    public void close() {
        context.close();
    }
}
