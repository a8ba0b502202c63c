// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.torimono.model.Fd;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import dev.torimono.sensor.gate.SmallFiles;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a file through an fd of ours. Layers of an overlay cannot be seen without the kernel's
 * help; what can is when a file was born: whatever is younger than its container did not come with
 * the image. A file that is changed in place is copied up by the overlay and born anew. One thread.
 */
final class FileLook {
    /** STATX_BASIC_STATS, BTIME, MNT_ID. */
    static final int WANTED = 0x7ff | 0x800 | 0x1000;

    private static final int BTIME = 0x800;
    private static final int MNT_ID = 0x1000;
    private static final long OVERLAYFS = 0x794c7630L;
    private static final String DELETED = " (deleted)";
    private static final String MEMFD = "/memfd:";
    private static final int TYPE = 0170000;

    private final SeccompCalls calls;
    private final SmallFiles files;

    FileLook(SeccompCalls calls, SmallFiles files) {
        this.calls = calls;
        this.files = files;
    }

    /** What a mode says of a file's kind. */
    static int type(int mode) {
        return mode & TYPE;
    }

    /**
     * Looks at an fd of ours.
     *
     * @param root an fd of the root that it was reached from; negative for none
     * @param bornNs when the container began, ns since the epoch; 0 unknown
     */
    @Nullable HeldFile look(int fd, int root, long bornNs) {
        long rootMount = root < 0 ? 0 : mount(calls.statx(root));
        MemorySegment stat = calls.statx(fd);
        if (stat == null) {
            return null;
        }
        int mode = Short.toUnsignedInt(stat.get(JAVA_SHORT, 28));
        int links = stat.get(JAVA_INT, 16);
        long inode = stat.get(JAVA_LONG, 32);
        int device = stat.get(JAVA_INT, 136) << 20 | stat.get(JAVA_INT, 140);
        long uid = Integer.toUnsignedLong(stat.get(JAVA_INT, 20));
        long born = (stat.get(JAVA_INT, 0) & BTIME) == 0 ? time(stat, 96) : time(stat, 80);
        long changed = time(stat, 96);
        long modified = time(stat, 112);
        boolean ofRoot = rootMount != 0 && mount(stat) == rootMount;
        Text path = files.pathOf(fd);
        int facts = 0;
        if (startsWith(path, MEMFD)) {
            facts |= Fd.MEMFD;
        } else if (ofRoot && bornNs != 0) {
            facts |= born >= bornNs ? Fd.UPPER_LAYER : Fd.LOWER_LAYER;
        }
        if (links == 0 && path.toString().endsWith(DELETED)) {
            facts |= (facts & Fd.MEMFD) != 0 ? 0 : Fd.DELETED;
            path = Text.of(path.array(), 0, path.length() - DELETED.length());
        }
        // What holds the image is told as an overlay is, whatever it is.
        long filesystem = ofRoot ? OVERLAYFS : calls.filesystem(fd);
        return new HeldFile(path, inode, device, filesystem, facts, mode, changed, modified, uid);
    }

    private static boolean startsWith(Text path, String start) {
        boolean same = path.length() >= start.length();
        for (int i = 0; same && i < start.length(); i++) {
            same = path.at(i) == start.charAt(i);
        }
        return same;
    }

    private static long time(MemorySegment stat, long at) {
        return stat.get(JAVA_LONG, at) * 1_000_000_000L + stat.get(JAVA_INT, at + 8);
    }

    /** 0 where the kernel does not tell (before 5.8). */
    private static long mount(@Nullable MemorySegment stat) {
        return stat == null || (stat.get(JAVA_INT, 0) & MNT_ID) == 0 ? 0 : stat.get(JAVA_LONG, 144);
    }
}
