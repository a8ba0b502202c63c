// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Text;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What opening, duplicating and the like does to fds, and where a relative path leads. */
final class FileEffects {
    private static final int AT_FDCWD = -100;

    /** Flags that only the exit event knows: the file was created, and on which layer it lies. */
    private static final int KNOWN_AT_EXIT = -0x4000;

    private static final int CREAT_UPPER_LAYER = 1;
    private static final int CREAT_LOWER_LAYER = 2;
    private static final int F_DUPFD = 1;
    private static final int F_SETFD = 3;
    private static final int F_DUPFD_CLOEXEC = 26;
    private static final byte[] NONE = new byte[0];
    private static final byte[] UNKNOWN_DIRECTORY = "<UNKNOWN>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROC = "/proc/".getBytes(StandardCharsets.US_ASCII);

    private static final int OPEN = code("SYSCALL_OPEN_X");
    private static final int CREAT = code("SYSCALL_CREAT_X");
    private static final int OPENAT = code("SYSCALL_OPENAT_2_X");
    private static final int OPENAT2 = code("SYSCALL_OPENAT2_X");

    private final Tasks tasks;
    private final PathJoin join;
    private int pathLength;

    FileEffects(Tasks tasks, PathJoin join) {
        this.tasks = tasks;
        this.join = join;
    }

    void open(Occurrence o) {
        CapturedTask task = o.task();
        long number = o.result();
        if (task == null || number < 0) {
            return;
        }
        Event event = o.event();
        Event enter = o.enter();
        int code = event.type().code();
        if (code == OPEN) {
            boolean entered = enter != null && named(enter, 0);
            int flags = flags(event, 2);
            if (enter != null && entered) {
                flags = flags(enter, 1) | (flags & KNOWN_AT_EXIT);
            }
            resolve(task, enter != null && entered ? enter : event, entered ? 0 : 1, null);
            opened(o, number, flags, event, 4, 5);
        } else if (code == CREAT) {
            boolean entered = enter != null && named(enter, 0);
            resolve(task, enter != null && entered ? enter : event, entered ? 0 : 1, null);
            opened(o, number, creatFlags(event), event, 3, 4);
        } else if (code == OPENAT || code == OPENAT2) {
            openAt(o, task, number, enter, code == OPENAT ? 5 : 6);
        } else {
            copyName(event, 3);
            join.join(NONE, 0, pathLength);
            opened(o, number, flags(event, 2), event, 4, 5);
        }
    }

    private void openAt(
            Occurrence o, CapturedTask task, long number, @Nullable Event enter, int deviceParam) {
        Event event = o.event();
        int flags = flags(event, 3);
        if (enter != null && named(enter, 1)) {
            flags = flags(enter, 2) | (flags & KNOWN_AT_EXIT);
            resolve(task, enter, 1, enter.has(0) ? enter.number(0) : null);
        } else if (event.has(1)) {
            resolve(task, event, 2, event.number(1));
        } else {
            copyName(event, 2);
            join.join(NONE, 0, pathLength);
        }
        opened(o, number, flags, event, deviceParam, deviceParam + 1);
    }

    private void copyName(Event event, int param) {
        pathLength = event.textLength(param, 0);
        event.copy(param, 0, join.room(pathLength), 0, pathLength);
    }

    /** Joins a path parameter to its directory: the working directory, or that of an fd. */
    private void resolve(CapturedTask task, Event from, int param, @Nullable Long directoryFd) {
        copyName(from, param);
        if (directoryFd == null || directoryFd == AT_FDCWD) {
            byte[] cwd = task.task().cwd().array();
            join.join(cwd, cwd.length, pathLength);
            return;
        }
        Fd directory = task.fd(directoryFd);
        if (directory == null) {
            join.join(UNKNOWN_DIRECTORY, UNKNOWN_DIRECTORY.length, pathLength);
        } else {
            join.join(directory.name(), directory.nameLength(), pathLength);
        }
    }

    private void opened(
            Occurrence o, long number, int flags, Event event, int deviceParam, int inodeParam) {
        byte[] given = join.room(pathLength);
        boolean differs =
                !java.util.Arrays.equals(given, 0, pathLength, join.bytes(), 0, join.length());
        Text raw = differs ? Text.of(given, 0, pathLength) : Text.EMPTY;
        Fd fd = o.open(number);
        if (fd == null) {
            return;
        }
        fd.kind((flags & OpenFlags.DIRECTORY) != 0 ? FdKind.DIRECTORY : FdKind.FILE_V2)
                .openFlags(flags);
        if (event.has(inodeParam)) {
            fd.inode(event.number(inodeParam), (int) event.number(deviceParam));
        } else if (event.has(deviceParam)) {
            fd.inode(0, (int) event.number(deviceParam));
        }
        int facts = (flags & OpenFlags.UPPER_LAYER) != 0 ? Fd.UPPER_LAYER : 0;
        fd.facts(facts | ((flags & OpenFlags.LOWER_LAYER) != 0 ? Fd.LOWER_LAYER : 0));
        fd.name(join.bytes(), 0, join.length()).rawName(raw);
        o.named(fd);
    }

    private static boolean named(Event enter, int param) {
        return enter.has(param) && !CapturedTask.UNKNOWN.equals(enter.text(param));
    }

    private static int flags(Event event, int param) {
        return event.has(param) ? (int) event.number(param) : 0;
    }

    private static int creatFlags(Event event) {
        int flags = flags(event, 5);
        if ((flags & CREAT_UPPER_LAYER) != 0) {
            return OpenFlags.UPPER_LAYER;
        }
        return (flags & CREAT_LOWER_LAYER) != 0 ? OpenFlags.LOWER_LAYER : 0;
    }

    void duplicate(Occurrence o, int flagsParam) {
        CapturedTask task = o.task();
        long number = o.result();
        if (task == null || number < 0) {
            return;
        }
        if (number == 0) {
            task.flag(CloneFlags.PIPE_DESTINATION);
        } else if (number == 1) {
            task.flag(CloneFlags.PIPE_SOURCE);
        }
        copy(o, number, flagsParam < 0 ? 0 : flags(o.event(), flagsParam) & OpenFlags.CLOEXEC);
    }

    void fcntl(Occurrence o) {
        Fd fd = o.fd();
        if (fd == null || o.result() < 0) {
            return;
        }
        switch (flags(o.event(), 2)) {
            case F_DUPFD -> copy(o, o.result(), 0);
            case F_DUPFD_CLOEXEC -> copy(o, o.result(), OpenFlags.CLOEXEC);
            case F_SETFD -> fd.openFlags(OpenFlags.ofFirstBit(o.event().number(3)));
            default -> {} // asks, or changes what is not followed
        }
    }

    /** The copy shares all but whether it survives an exec. */
    private static void copy(Occurrence o, long number, int closeOnExec) {
        Fd fd = o.fd();
        if (fd == null || fd.number() == number) {
            return;
        }
        Fd copy = o.open(number);
        if (copy != null) {
            copy.copyOf(fd).number(number);
            copy.openFlags((fd.openFlags() & ~OpenFlags.CLOEXEC) | closeOnExec);
        }
    }

    void pipe(Occurrence o, int flagsParam) {
        if (o.result() < 0) {
            return;
        }
        Event event = o.event();
        int flags = flagsParam < 0 ? 0 : flags(event, flagsParam);
        for (int param = 1; param <= 2; param++) {
            Fd fd = o.open(event.number(param));
            if (fd != null) {
                fd.kind(FdKind.FIFO).inode(event.number(3), 0).openFlags(flags);
            }
        }
    }

    /** An fd of which nothing is known but its kind and flags. */
    void anonymous(Occurrence o, FdKind kind, int flags) {
        Fd fd = o.result() < 0 ? null : o.open(o.result());
        if (fd != null) {
            fd.kind(kind).openFlags(flags);
        }
    }

    void memoryFile(Occurrence o) {
        anonymous(o, FdKind.MEMFD, OpenFlags.ofFirstBit(o.event().number(2)));
        Fd fd = o.fd();
        if (fd != null) {
            fd.name(o.event(), 1, 0);
            o.named(fd);
        }
    }

    /** The name carries the pid, as the kernel's own links do. */
    void pidFd(Occurrence o) {
        anonymous(o, FdKind.PIDFD, OpenFlags.CLOEXEC);
        Fd fd = o.fd();
        if (fd != null) {
            byte[] name = ("/proc/" + o.event().number(1)).getBytes(StandardCharsets.US_ASCII);
            fd.name(name, 0, name.length);
            o.named(fd);
        }
    }

    void pidFdGet(Occurrence o) {
        CapturedTask task = o.task();
        Fd pidFd = task == null ? null : task.fd(o.event().number(1));
        if (pidFd == null || pidFd.kind() != FdKind.PIDFD || o.result() < 0) {
            return;
        }
        CapturedTask other = tasks.find(pid(pidFd));
        Fd target = other == null ? null : other.fd(o.event().number(2));
        if (target != null && o.result() != target.number()) {
            o.fd(target);
            copy(o, o.result(), OpenFlags.CLOEXEC);
        }
    }

    private static long pid(Fd pidFd) {
        long pid = 0;
        for (int i = PROC.length; i < pidFd.nameLength(); i++) {
            int digit = pidFd.name()[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            pid = 10 * pid + digit;
        }
        return pid;
    }

    private static int code(String symbol) {
        return EventType.symbol(symbol).code();
    }
}
