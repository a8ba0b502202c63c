// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Group;
import dev.torimono.model.Observation;
import dev.torimono.model.Syscall;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.model.User;

/** What a parameter's number or relative path stands for. */
final class ResolvedText {
    private static final int AT_FDCWD = -100;
    private static final long SECOND = 1_000_000_000L;
    private static final Text[] SIGNALS = signals();

    private ResolvedText() {}

    /** Appends the resolved form; false, with nothing appended, when there is none. */
    static boolean append(Observation o, int param, Value value) {
        Event event = o.event();
        if (!event.has(param)) {
            return false;
        }
        return switch (event.type().param(param).type()) {
            case FD, FD32 -> fd(o, event.number(param), value);
            case ERRNO -> errno(event.number(param), value);
            case PID, PID32 -> pid(o, event.number(param), value);
            case UID -> user(o, event.number(param), value);
            case GID -> group(o, event.number(param), value);
            case FSPATH, FSRELPATH -> path(o, param, value);
            case SYSCALLID -> syscall((int) event.number(param), value);
            case SIGTYPE -> signal(event.number(param), value);
            case RELTIME -> duration(event.number(param), value);
            case FLAGS8,
                    FLAGS16,
                    FLAGS32,
                    ENUMFLAGS8,
                    ENUMFLAGS16,
                    ENUMFLAGS32,
                    MODE,
                    UINT8,
                    UINT16,
                    UINT32,
                    UINT64 ->
                    ParamText.flags(event, param, value);
            case INT8,
                    INT16,
                    INT32,
                    INT64,
                    PORT,
                    SIGSET,
                    ABSTIME,
                    CHARBUF,
                    BYTEBUF,
                    CHARBUFARRAY,
                    CHARBUF_PAIR_ARRAY,
                    SOCKADDR,
                    SOCKTUPLE,
                    FDLIST,
                    IPV4ADDR,
                    IPV6ADDR,
                    DYN ->
                    false;
        };
    }

    private static boolean fd(Observation o, long number, Value value) {
        if (number == AT_FDCWD) {
            value.append("AT_FDCWD");
            return true;
        }
        if (number < 0) {
            return errno(number, value);
        }
        Fd fd = o.fd();
        if (fd == null || fd.number() != number || fd.kind() == FdKind.UNKNOWN) {
            fd = o.fd(number);
        }
        if (fd == null || fd.kind() == FdKind.UNKNOWN) {
            return false;
        }
        value.append('<').append(fd.kind().typeChar());
        char protocol = protocol(fd);
        if (protocol != 0) {
            value.append(protocol);
        }
        value.append('>').append(fd.name(), 0, fd.nameLength());
        return true;
    }

    private static char protocol(Fd fd) {
        if (!fd.kind().isInet()) {
            return 0;
        }
        return switch (fd.l4proto()) {
            case 2 -> 't';
            case 3 -> 'u';
            case 4 -> 'i';
            case 5 -> 'r';
            default -> 0;
        };
    }

    private static boolean errno(long number, Value value) {
        if (number >= 0) {
            return false;
        }
        value.append(Errno.name(-number));
        return true;
    }

    private static boolean pid(Observation o, long number, Value value) {
        Task task = o.task();
        if (task == null || task.tid() != number) {
            task = o.tasks().task(number);
        }
        if (task == null) {
            return false;
        }
        value.append(task.comm());
        return true;
    }

    private static boolean user(Observation o, long uid, Value value) {
        User user = o.user(uid);
        if (user == null) {
            value.append("<NA>");
        } else {
            value.append(user.name());
        }
        return true;
    }

    private static boolean group(Observation o, long gid, Value value) {
        Group group = o.group(gid);
        if (group == null) {
            value.append("<NA>");
        } else {
            value.append(group.name());
        }
        return true;
    }

    private static boolean path(Observation o, int param, Value value) {
        Event event = o.event();
        return Paths.isPath(event, param)
                && !Paths.isAbsolute(event, param)
                && Paths.appendAbsolute(o, param, value);
    }

    private static boolean syscall(int code, Value value) {
        Syscall syscall = Syscall.of(code);
        if (syscall == null) {
            return false;
        }
        value.append(syscall.name());
        return true;
    }

    private static boolean signal(long number, Value value) {
        if (number <= 0 || number >= SIGNALS.length) {
            return false;
        }
        value.append(SIGNALS[(int) number]);
        return true;
    }

    private static boolean duration(long ns, Value value) {
        value.appendUnsigned(ns / SECOND);
        if (ns % SECOND != 0) {
            value.append('.').appendPadded(ns % SECOND, 9);
        }
        value.append('s');
        return true;
    }

    private static Text[] signals() {
        String[] names =
                ("- HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT"
                                + " CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH"
                                + " IO PWR SYS")
                        .split(" ");
        Text[] texts = new Text[names.length];
        for (int i = 0; i < names.length; i++) {
            texts[i] = Text.of("SIG" + names[i]);
        }
        return texts;
    }
}
