// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Image;
import dev.torimono.response.drift.Origin;

/**
 * Where the content of a file comes from, by what the kernel says of it. On the overlay the layer
 * decides; what lies on neither overlay nor memory counts as a volume, whatever was mounted there.
 */
final class Origins {
    private static final long OVERLAYFS = 0x794c7630L;
    private static final long TMPFS = 0x01021994L;
    private static final long RAMFS = 0x858458f6L;
    private static final long HUGETLBFS = 0x958458f6L;
    private static final int DETAIL_LINKS = 24;
    private static final int DETAIL_FILESYSTEM = 28;

    private Origins() {}

    /** Of a file looked at. */
    static Origin of(HeldFile file) {
        return of(
                file.is(Fd.MEMFD), file.is(Fd.DELETED), file.is(Fd.UPPER_LAYER), file.filesystem());
    }

    /** Of the program of an exec that has happened. */
    static Origin of(Event exec, Image image) {
        int detail = exec.extension(Extension.DETAIL);
        if (exec.length(detail) < Extension.DETAIL_HEADER_BYTES) {
            return image.memfd() ? Origin.MEMFD : Origin.UNKNOWN;
        }
        return of(
                image.memfd(),
                exec.u32At(detail, DETAIL_LINKS) == 0,
                image.upperLayer(),
                Integer.toUnsignedLong(exec.u32At(detail, DETAIL_FILESYSTEM)));
    }

    private static Origin of(boolean memfd, boolean deleted, boolean upper, long filesystem) {
        if (memfd) {
            return Origin.MEMFD;
        }
        if (deleted) {
            return Origin.DELETED;
        }
        if (filesystem == OVERLAYFS) {
            return upper ? Origin.ADDED : Origin.IMAGE;
        }
        boolean memory = filesystem == TMPFS || filesystem == RAMFS || filesystem == HUGETLBFS;
        return memory ? Origin.MEMORY_FS : Origin.VOLUME;
    }
}
