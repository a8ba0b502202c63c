// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.EventBuilder;
import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * open, openat, openat2, creat before they happen. The result is foretold: an error that is
 * certain, else success with the fd that the kernel would give now. One thread.
 */
final class OpenCall {
    private static final int O_ACCMODE = 3;
    private static final int O_CREAT = 0100;
    private static final int O_EXCL = 0200;
    private static final int O_TRUNC = 01000;
    private static final int O_NOFOLLOW = OpenBits.HERE.noFollow();
    private static final int O_TMPFILE = OpenBits.HERE.tmpFile();
    private static final int O_PATH = 010000000;
    private static final int AT_FDCWD = -100;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int EEXIST = 17;
    private static final int EISDIR = 21;
    private static final int ELOOP = 40;
    private static final int MODE_BITS = 07777;
    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFLNK = 0120000;
    private static final int S_IFIFO = 0010000;

    /** Portable bits: a file that is made by the call, and where it lies. */
    private static final int PORTABLE_CREATED = 1 << 14;

    private static final int PORTABLE_UPPER = 1 << 15;
    private static final int PORTABLE_LOWER = 1 << 16;

    /** Kernel's bits of open and the portable ones, in pairs. */
    private static final int[] PORTABLE = {
        00000100,
        1 << 2,
        00000200,
        1 << 5,
        00001000,
        1 << 8,
        00002000,
        1 << 3,
        00004000,
        1 << 6,
        00010000,
        1 << 4,
        02000000,
        1 << 12,
        04000000,
        1 << 7,
        020000000,
        1 << 13,
        OpenBits.HERE.direct(),
        1 << 9,
        OpenBits.HERE.directory(),
        1 << 10,
        OpenBits.HERE.largeFile(),
        1 << 11
    };

    /** Kernel's bits of openat2's resolve by position, and the portable ones. */
    private static final int[] RESOLVE = {16, 4, 8, 1, 2, 32};

    private final TaskMemory memory;
    private final PathFinder paths;
    private final FreeFd free;

    private record Asked(int dirfd, long path, int flags, int mode, int resolve) {}

    OpenCall(TaskMemory memory, PathFinder paths, FreeFd free) {
        this.memory = memory;
        this.paths = paths;
        this.free = free;
    }

    /** Its record; null when nobody wants it. */
    @Nullable EventBuilder record(Caught of, int contextFlags, Wanted wanted) {
        Asked asked = asked(of);
        Text given = memory.text(of.tid(), asked.path());
        boolean follow =
                (asked.flags() & O_NOFOLLOW) == 0
                        && (asked.flags() & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL);
        PathFinder.Found found =
                paths.find(of.tid(), asked.dirfd(), given, follow, of.session().bornNs());
        HeldFile file = found.file();
        int portable = portable(asked.flags());
        int mode = portable & O_ACCMODE;
        if (!wanted.open(of.type(), mode, true, found.path())
                && !wanted.open(of.type(), mode, false, found.path())) {
            return null;
        }
        int result = result(of, asked.flags(), file);
        boolean opens = result >= 0;
        if (!wanted.open(of.type(), mode, opens, found.path())) {
            return null;
        }
        if (opens) {
            result = free.next(of.tid());
            portable |= layer(file);
        }
        int device = file != null && opens ? portableDevice(file.device()) : 0;
        long inode = file != null && opens ? file.inode() : 0;
        EventBuilder event = of.begin().number("fd", result);
        boolean creat = of.type().paramIndex("creat_flags") >= 0;
        if (of.type().paramIndex("dirfd") >= 0) {
            event.number("dirfd", asked.dirfd());
        }
        event.bytes("name", Caught.terminated(given));
        if (!creat) {
            event.number("flags", portable);
        }
        event.number("mode", asked.mode());
        if (of.type().paramIndex("resolve") >= 0) {
            event.number("resolve", asked.resolve());
        }
        event.number("dev", device).number("ino", inode);
        if (creat) {
            event.number("creat_flags", opens ? layer(file) / PORTABLE_UPPER : 0);
        }
        event.extension(Extension.CONTEXT, of.context(contextFlags));
        return event.extension(
                Extension.OBJECT,
                opens ? object(found.path(), file, portable) : Caught.path(found.path()));
    }

    private static byte[] object(Text path, @Nullable HeldFile file, int flags) {
        if (file == null) {
            return Caught.object(FdKind.FILE_V2.code(), flags, 0, 0, 0, path);
        }
        FdKind kind =
                switch (FileLook.type(file.mode())) {
                    case S_IFDIR -> FdKind.DIRECTORY;
                    case S_IFIFO -> FdKind.FIFO;
                    default -> FdKind.FILE_V2;
                };
        return Caught.object(kind.code(), flags, file.inode(), file.device(), file.facts(), path);
    }

    private Asked asked(Caught of) {
        Notification n = of.notification();
        Asked asked =
                switch (of.type().symbol()) {
                    case "SYSCALL_OPEN_X" ->
                            new Asked(AT_FDCWD, n.argument(0), of.fd(1), of.fd(2), 0);
                    case "SYSCALL_CREAT_X" ->
                            new Asked(AT_FDCWD, n.argument(0), O_CREAT | O_TRUNC | 1, of.fd(1), 0);
                    case "SYSCALL_OPENAT2_X" -> how(of);
                    default -> new Asked(of.fd(0), n.argument(1), of.fd(2), of.fd(3), 0);
                };
        boolean makes = (asked.flags() & O_CREAT) != 0 || (asked.flags() & O_TMPFILE) == O_TMPFILE;
        int mode = makes ? asked.mode() & MODE_BITS : 0;
        return new Asked(asked.dirfd(), asked.path(), asked.flags(), mode, asked.resolve());
    }

    private Asked how(Caught of) {
        ByteBuffer how =
                ByteBuffer.wrap(
                                java.util.Arrays.copyOf(
                                        memory.bytes(of.tid(), of.notification().argument(2), 24),
                                        24))
                        .order(ByteOrder.LITTLE_ENDIAN);
        int resolve = 0;
        for (int i = 0; i < RESOLVE.length; i++) {
            resolve |= (how.getLong(16) & 1L << i) != 0 ? RESOLVE[i] : 0;
        }
        return new Asked(
                of.fd(0),
                of.notification().argument(1),
                (int) how.getLong(0),
                (int) how.getLong(8),
                resolve);
    }

    /** 0 unless it must fail; what cannot be known counts as success. */
    private static int result(Caught of, int flags, @Nullable HeldFile file) {
        if (file == null) {
            return (flags & O_CREAT) == 0 ? -ENOENT : 0;
        }
        if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL)) {
            return -EEXIST;
        }
        int type = FileLook.type(file.mode());
        if (type == S_IFLNK && (flags & O_PATH) == 0) {
            return -ELOOP;
        }
        boolean writes = (flags & O_ACCMODE) != 0 || (flags & O_TRUNC) != 0;
        if (type == S_IFDIR
                && (writes || (flags & O_CREAT) != 0)
                && (flags & O_TMPFILE) != O_TMPFILE) {
            return -EISDIR;
        }
        int wanted = (writes ? WRITE : 0) | ((flags & O_ACCMODE) != 1 ? READ : 0);
        return (flags & O_PATH) != 0 || Permission.mayBe(of.who(), file, wanted) ? 0 : -EACCES;
    }

    private static int layer(@Nullable HeldFile file) {
        if (file == null) {
            return PORTABLE_CREATED | PORTABLE_UPPER;
        }
        return (file.is(dev.torimono.model.Fd.UPPER_LAYER) ? PORTABLE_UPPER : 0)
                | (file.is(dev.torimono.model.Fd.LOWER_LAYER) ? PORTABLE_LOWER : 0);
    }

    static int portable(int flags) {
        int out =
                switch (flags & O_ACCMODE) {
                    case 0 -> 1;
                    case 1 -> 2;
                    case 2 -> 3;
                    default -> 0;
                };
        for (int i = 0; i < PORTABLE.length; i += 2) {
            out |= (flags & PORTABLE[i]) == PORTABLE[i] ? PORTABLE[i + 1] : 0;
        }
        return out;
    }

    /** As stat gives it; the kernel keeps major &lt;&lt; 20 | minor. */
    private static int portableDevice(int device) {
        int major = device >>> 20;
        int minor = device & 0xfffff;
        return (minor & 0xff) | major << 8 | (minor & ~0xff) << 12;
    }
}
