// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.EventType.Trait;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Observation;
import dev.torimono.model.Syscall;
import dev.torimono.model.Text;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an event is: its type, category, direction, and what it opened. */
final class EventFields {
    private static final Map<String, Text> NAMES = new HashMap<>();
    private static final Text READ = Text.of("read");
    private static final Text WRITE = Text.of("write");
    private static final Text EXIT = Text.of("<");
    private static final Text ENTER = Text.of(">");
    private static final Text UNKNOWN = Text.of("unknown");
    private static final Text FILE = Text.of("file");
    private static final Text NET = Text.of("net");
    private static final Text IPC = Text.of("ipc");
    private static final Text IPC_CATEGORY = Text.of("IPC");
    private static final Text[] TYPE_NAMES = new Text[EventType.count()];
    private static final Text[] CATEGORIES = new Text[EventType.count()];
    private static final Text[] SYSCALL_NAMES = new Text[Syscall.all().size()];
    private static final int O_RDONLY = 1;
    private static final int O_WRONLY = 1 << 1;
    private static final int O_CREAT = 1 << 2;
    private static final int O_TMPFILE = 1 << 13;
    private static final int O_F_CREATED = 1 << 14;
    private static final int ANY_EXECUTE = 0111;

    static {
        for (EventType type : EventType.all()) {
            TYPE_NAMES[type.code()] = intern(type.name());
            CATEGORIES[type.code()] =
                    type.category().equals("ipc") ? IPC_CATEGORY : intern(type.category());
        }
        for (Syscall syscall : Syscall.all()) {
            SYSCALL_NAMES[syscall.code()] = intern(syscall.name());
        }
    }

    private EventFields() {}

    private static Text intern(String name) {
        return NAMES.computeIfAbsent(name, Text::of);
    }

    static Reader of(String name, FieldUse use) {
        return switch (name) {
            case "evt.num" -> (o, v) -> v.number(o.event().number());
            case "evt.cpu" -> (o, v) -> v.number(o.event().cpu());
            case "evt.source" -> {
                Text syscall = Text.of("syscall");
                yield (o, v) ->
                        v.text(o.source().equals("syscall") ? syscall : Text.of(o.source()));
            }
            case "evt.hostname" -> (o, v) -> !o.hostname().isEmpty() && v.text(o.hostname());
            case "evt.is_async" -> (o, v) -> v.bool(isAsync(o.event().type()));
            case "evt.asynctype" -> (o, v) -> isAsync(o.event().type()) && type(o.event(), v);
            case "evt.dir" -> (o, v) -> v.text(o.event().type().isExit() ? EXIT : ENTER);
            case "evt.type" -> (o, v) -> type(o.event(), v);
            case "evt.type.is" -> typeIs(use.argument());
            case "syscall.type" -> (o, v) -> isSyscall(o.event().type()) && type(o.event(), v);
            case "evt.category" -> EventFields::category;
            case "evt.is_io" -> (o, v) -> v.bool(reads(o) || writes(o));
            case "evt.is_io_read" -> (o, v) -> v.bool(reads(o));
            case "evt.is_io_write" -> (o, v) -> v.bool(writes(o));
            case "evt.io_dir" -> (o, v) -> reads(o) ? v.text(READ) : writes(o) && v.text(WRITE);
            case "evt.is_wait" -> (o, v) -> v.bool(o.event().type().has(Trait.WAITS));
            case "evt.is_syslog" -> (o, v) -> v.bool(writes(o) && isSyslog(o.fd()));
            case "evt.is_open_read" -> (o, v) -> v.bool((openFlags(o.event()) & O_RDONLY) != 0);
            case "evt.is_open_write" -> (o, v) -> v.bool((openFlags(o.event()) & O_WRONLY) != 0);
            case "evt.is_open_exec" -> (o, v) -> v.bool(opensExecutable(o.event()));
            case "evt.is_open_create" ->
                    (o, v) -> v.bool((openFlags(o.event()) & O_F_CREATED) != 0);
            case "evt.around" -> around(use.argument());
            default -> Reader.MISSING;
        };
    }

    /** The name of the event, for generic and async events the one that they carry. */
    static boolean type(Event event, Value value) {
        EventType type = event.type();
        if (Types.isGeneric(type) && event.has(0)) {
            int code = event.u16At(0, 0);
            return value.text(code < SYSCALL_NAMES.length ? SYSCALL_NAMES[code] : SYSCALL_NAMES[0]);
        }
        if (type == Types.ASYNC && event.has(1)) {
            int length = event.textLength(1, 0);
            return value.begin().append(event, 1, 0, length).end();
        }
        return value.text(TYPE_NAMES[type.code()]);
    }

    static boolean isSyscall(EventType type) {
        return "syscall".equals(type.origin());
    }

    static boolean isAsync(EventType type) {
        return "metaevent".equals(type.origin());
    }

    static boolean reads(Observation o) {
        return o.event().type().has(Trait.READS_FROM_FD);
    }

    static boolean writes(Observation o) {
        return o.event().type().has(Trait.WRITES_TO_FD);
    }

    private static Reader typeIs(@Nullable String argument) {
        String wanted = argument == null ? "" : argument;
        Text name = Text.of(wanted);
        int code = wanted.chars().allMatch(Character::isDigit) ? Integer.parseInt(wanted) : -1;
        return (o, v) -> {
            if (code >= 0) {
                return v.bool(o.event().type().code() == code);
            }
            type(o.event(), v);
            return v.bool(name.equalTo(v.bytes(), v.from(), v.length()));
        };
    }

    private static boolean category(Observation o, Value value) {
        EventType type = o.event().type();
        if (!Types.isIo(type)) {
            return value.text(CATEGORIES[type.code()]);
        }
        Fd fd = o.fd();
        if (fd == null) {
            return value.text(UNKNOWN);
        }
        FdKind kind = fd.kind();
        if (kind.isFile() || kind == FdKind.DIRECTORY) {
            return value.text(FILE);
        }
        if (kind.isInet()) {
            return value.text(NET);
        }
        return value.text(
                switch (kind) {
                    case FIFO, UNIX_SOCK, EVENT, SIGNALFD, INOTIFY, USERFAULTFD -> IPC;
                    default -> UNKNOWN;
                });
    }

    private static boolean isSyslog(@Nullable Fd fd) {
        return fd != null && ByteText.contains(fd.name(), 0, fd.nameLength(), SYSLOG);
    }

    private static final byte[] SYSLOG = Text.of("/dev/log").array();

    private static int openFlags(Event event) {
        int flags = Types.openFlags(event.type());
        return flags >= 0 && event.length(flags) >= 4 ? event.u32At(flags, 0) : 0;
    }

    private static boolean opensExecutable(Event event) {
        int mode = Types.openMode(event.type());
        if (mode < 0 || event.length(mode) < 4) {
            return false;
        }
        boolean creates =
                event.type() == Types.CREAT || (openFlags(event) & (O_CREAT | O_TMPFILE)) != 0;
        return creates && (event.u32At(mode, 0) & ANY_EXECUTE) != 0;
    }

    /** Milliseconds between the event and the timestamp named, rounded up. */
    private static Reader around(@Nullable String argument) {
        long timestamp = argument == null ? 0 : Long.parseUnsignedLong(argument);
        return (o, v) ->
                v.number((Math.abs(o.event().timestampNs() - timestamp) + 999_999) / 1_000_000);
    }
}
