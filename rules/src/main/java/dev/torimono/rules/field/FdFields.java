// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Container;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import org.jspecify.annotations.Nullable;

/** The object behind an event's fd. An fd of unknown kind still has a number. */
final class FdFields {
    private static final Text[] TYPE_NAMES = typeNames();
    private static final Text[] TYPE_CHARS = typeChars();
    private static final Text ROOT = Text.of("/");
    private static final int MINOR_BITS = 20;
    private static final int MINOR_MASK = (1 << MINOR_BITS) - 1;

    private FdFields() {}

    static Reader of(String name, FieldUse use) {
        return switch (name) {
            case "fd.num" -> FdFields::number;
            case "fd.type" -> known((o, fd, v) -> text(TYPE_NAMES[fd.kind().ordinal()], v));
            case "fd.typechar" -> FdFields::typeChar;
            case "fd.name" -> FdFields::name;
            case "fd.nameraw" -> any(FdFields::rawName);
            case "fd.directory" -> FdFields::directory;
            case "fd.filename" -> known((o, fd, v) -> name(o, fd, v) && filename(fd, v));
            case "fd.uid" ->
                    any(
                            (o, fd, v) ->
                                    fd.number() != Fd.NO_NUMBER
                                            && v.begin()
                                                    .appendDecimal(o.event().tid())
                                                    .appendDecimal(fd.number())
                                                    .end());
            case "fd.containername" -> any((o, fd, v) -> name(o, fd, v) && inContainer(o, v));
            case "fd.containerdirectory" ->
                    any((o, fd, v) -> name(o, fd, v) && directory(fd, v) && inContainer(o, v));
            case "fd.connected" -> known((o, fd, v) -> v.bool(fd.connected()));
            case "fd.name_changed" ->
                    known((o, fd, v) -> v.bool((fd.facts() & Fd.NAME_CHANGED) != 0));
            case "fd.dev" -> known((o, fd, v) -> v.number(device(fd.device())));
            case "fd.dev.major" -> known((o, fd, v) -> v.number(fd.device() >>> MINOR_BITS));
            case "fd.dev.minor" -> known((o, fd, v) -> v.number(fd.device() & MINOR_MASK));
            case "fd.ino" -> known((o, fd, v) -> v.number(fd.inode()));
            case "fd.types" -> types(use.argument());
            case "fd.is_upper_layer" ->
                    known((o, fd, v) -> v.bool((fd.facts() & Fd.UPPER_LAYER) != 0));
            case "fd.is_lower_layer" ->
                    known((o, fd, v) -> v.bool((fd.facts() & Fd.LOWER_LAYER) != 0));
            default -> Reader.MISSING;
        };
    }

    // The fields that rules ask of nearly every open are read without a step between.

    private static boolean name(Observation o, Value value) {
        Fd fd = o.fd();
        return fd != null && name(o, fd, value);
    }

    private static boolean directory(Observation o, Value value) {
        Fd fd = o.fd();
        return fd != null && name(o, fd, value) && directory(fd, value);
    }

    private static boolean typeChar(Observation o, Value value) {
        Fd fd = o.fd();
        return fd != null && value.text(TYPE_CHARS[fd.kind().ordinal()]);
    }

    /** Reads an fd. */
    @FunctionalInterface
    interface FdReader {
        boolean read(Observation o, Fd fd, Value value);
    }

    private static Reader any(FdReader reader) {
        return (o, v) -> {
            Fd fd = o.fd();
            return fd != null && reader.read(o, fd, v);
        };
    }

    static Reader known(FdReader reader) {
        return (o, v) -> {
            Fd fd = o.fd();
            return fd != null && fd.kind() != FdKind.UNKNOWN && reader.read(o, fd, v);
        };
    }

    private static boolean number(Observation o, Value value) {
        Fd fd = o.fd();
        return fd != null && fd.number() != Fd.NO_NUMBER && value.number(fd.number());
    }

    private static boolean text(@Nullable Text text, Value value) {
        return text != null && value.text(text);
    }

    /** The resolved name; of an open that failed, the path that it asked for. */
    private static boolean name(Observation o, Fd fd, Value value) {
        if (fd.kind() != FdKind.UNKNOWN || fd.nameLength() > 0) {
            return value.text(fd.name(), 0, fd.nameLength());
        }
        int path = openedPath(o.event().type());
        value.begin();
        if (path >= 0) {
            Paths.appendAbsolute(o, path, value);
        }
        return value.end();
    }

    private static boolean rawName(Observation o, Fd fd, Value value) {
        if (!fd.rawName().isEmpty()) {
            return value.text(fd.rawName());
        }
        int path = openedPath(o.event().type());
        value.begin();
        if (path >= 0) {
            value.append(o.event(), path, 0, o.event().textLength(path, 0));
        }
        return value.end();
    }

    private static int openedPath(EventType type) {
        if (!Types.opens(type) && type != Types.CREAT) {
            return -1;
        }
        int name = type.paramIndex("name");
        return name >= 0 ? name : type.paramIndex("path");
    }

    private static boolean directory(Fd fd, Value value) {
        FdKind kind = fd.kind();
        if (kind == FdKind.DIRECTORY) {
            return true;
        }
        if (!kind.isFile() && kind != FdKind.UNKNOWN) {
            return false;
        }
        int slash = ByteText.lastIndex(value.bytes(), value.from(), value.length(), '/');
        if (slash <= value.from()) {
            return value.text(ROOT);
        }
        return value.text(value.bytes(), value.from(), slash - value.from());
    }

    private static boolean filename(Fd fd, Value value) {
        if (!fd.kind().isFile()) {
            return false;
        }
        int end = value.from() + value.length();
        int slash = ByteText.lastIndex(value.bytes(), value.from(), value.length(), '/');
        if (slash < 0 || slash == end - 1) {
            return value.text(ROOT);
        }
        return value.text(value.bytes(), slash + 1, end - slash - 1);
    }

    private static boolean inContainer(Observation o, Value value) {
        byte[] bytes = value.bytes();
        int from = value.from();
        int length = value.length();
        Container container = o.container();
        Value scratch = value.beginApart();
        if (container != null) {
            scratch.append(container.id());
        }
        return scratch.append(':').append(bytes, from, length).end();
    }

    /** From the kernel's encoding to the one that stat gives. */
    private static long device(int kernel) {
        int major = kernel >>> MINOR_BITS;
        int minor = kernel & MINOR_MASK;
        return (minor & 0xff) | major << 8 | (minor & ~0xff) << 12;
    }

    private static Reader types(@Nullable String argument) {
        if (argument != null) {
            long number = Long.parseLong(argument);
            return (o, v) -> {
                v.clear();
                Fd fd = o.fd(number);
                Text name = fd == null ? null : TYPE_NAMES[fd.kind().ordinal()];
                if (name == null) {
                    return false;
                }
                v.add(name);
                return true;
            };
        }
        return (o, v) -> {
            v.clear();
            Task task = o.task();
            if (task == null || o.fd() == null) {
                return false;
            }
            o.fds().forEach(task.leader(), fd -> addType(fd, v));
            return v.count() > 0;
        };
    }

    private static void addType(Fd fd, Value value) {
        Text name = TYPE_NAMES[fd.kind().ordinal()];
        if (name == null) {
            return;
        }
        for (int i = 0; i < value.count(); i++) {
            value.select(i);
            if (name.equalTo(value.bytes(), value.from(), value.length())) {
                return;
            }
        }
        value.add(name);
    }

    /** Names by kind; null where Falco has none. */
    static @Nullable Text[] typeNames() {
        FdKind[] kinds = FdKind.values();
        @Nullable Text[] names = new Text[kinds.length];
        java.util.Map<String, Text> known = new java.util.HashMap<>();
        for (FdKind kind : kinds) {
            String name = kind.typeName();
            names[kind.ordinal()] = name == null ? null : known.computeIfAbsent(name, Text::of);
        }
        return names;
    }

    private static Text[] typeChars() {
        FdKind[] kinds = FdKind.values();
        Text[] chars = new Text[kinds.length];
        for (FdKind kind : kinds) {
            chars[kind.ordinal()] = Text.of(String.valueOf(kind.typeChar()));
        }
        return chars;
    }
}
