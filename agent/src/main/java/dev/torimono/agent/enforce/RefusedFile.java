// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import org.jspecify.annotations.Nullable;

/** The file of an exec that the kernel side refused, from the record that tells of it. */
final class RefusedFile {
    private static final int INODE = 8;
    private static final int DEVICE = 16;
    private static final int FACTS = 20;
    private static final int DETAIL_FILESYSTEM = 28;
    private static final int DETAIL_MODE = 36;

    private RefusedFile() {}

    /** Its times and owner are not told; null when the record is not whole. */
    static @Nullable HeldFile of(Event event) {
        int object = event.extension(Extension.OBJECT);
        int detail = event.extension(Extension.DETAIL);
        if (event.length(object) <= Extension.OBJECT_HEADER_BYTES
                || event.length(detail) < Extension.DETAIL_HEADER_BYTES) {
            return null;
        }
        byte[] path = new byte[event.textLength(object, Extension.OBJECT_HEADER_BYTES)];
        event.copy(object, Extension.OBJECT_HEADER_BYTES, path, 0, path.length);
        return new HeldFile(
                Text.of(path, 0, path.length),
                event.u64At(object, INODE),
                event.u32At(object, DEVICE),
                Integer.toUnsignedLong(event.u32At(detail, DETAIL_FILESYSTEM)),
                event.u32At(object, FACTS),
                event.u32At(detail, DETAIL_MODE),
                0,
                0,
                0);
    }
}
