// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.HeldFile;
import dev.torimono.sensor.bpf.Libc;
import dev.torimono.sensor.gate.SmallFiles;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How programs begin: what tells a script from a binary. Remembered of files that have not changed
 * for a while; what changed just now may change again without its times telling. One thread.
 */
final class Heads {
    /** What the kernel looks at. */
    private static final int BYTES = 256;

    private static final int SLOTS = 512;
    private static final long SETTLED_NS = 2_000_000_000;
    private static final int S_IFREG = 0100000;

    private record Known(long inode, int device, long changedNs, long modifiedNs, String head) {
        boolean is(HeldFile file) {
            return inode == file.inode()
                    && device == file.device()
                    && changedNs == file.ctimeNs()
                    && modifiedNs == file.mtimeNs();
        }
    }

    private final SmallFiles files;
    private final @Nullable Known[] slots = new Known[SLOTS];

    Heads(SmallFiles files) {
        this.files = files;
    }

    /** The first bytes of a file that an fd stands for; empty when it is not to be read. */
    String of(int fd, HeldFile file) {
        // To open a device or a pipe does something.
        if (FileLook.type(file.mode()) != S_IFREG) {
            return "";
        }
        int slot = (int) (file.inode() ^ file.device()) & (SLOTS - 1);
        Known known = slots[slot];
        if (known != null && known.is(file)) {
            return known.head();
        }
        String head = read(fd);
        long changed = Math.max(file.ctimeNs(), file.mtimeNs());
        if (Libc.realtimeNs() - changed > SETTLED_NS) {
            slots[slot] =
                    new Known(file.inode(), file.device(), file.ctimeNs(), file.mtimeNs(), head);
        }
        return head;
    }

    private String read(int at) {
        int fd = files.open("/proc/self/fd/" + at, SmallFiles.O_RDONLY | SmallFiles.O_NONBLOCK);
        if (fd < 0) {
            return "";
        }
        byte[] copy = new byte[files.read(fd, 0, BYTES)];
        MemorySegment.copy(files.bytes(), ValueLayout.JAVA_BYTE, 0, copy, 0, copy.length);
        files.close(fd);
        return new String(copy, StandardCharsets.ISO_8859_1);
    }
}
