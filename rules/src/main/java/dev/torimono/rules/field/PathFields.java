// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Observation;
import dev.torimono.model.ParamType;
import org.jspecify.annotations.Nullable;

/** Paths that an event works on: {@code fs.path.*} and {@code evt.abspath}. */
final class PathFields {
    /** The path is that of the event's fd. */
    private static final int OF_FD = 100;

    private static final int NONE = -1;
    private static final byte[] NAME = table(PathFields::nameParam);
    private static final byte[] SOURCE = table(PathFields::sourceParam);
    private static final byte[] TARGET = table(PathFields::targetParam);

    /** Where our own sensor tells the same resolved: an {@link Extension}, or {@link #NONE}. */
    private static final byte[] SOURCE_PLACE = table(type -> place(type, true));

    private static final byte[] TARGET_PLACE = table(type -> place(type, false));

    private PathFields() {}

    static Reader of(String name) {
        return switch (name) {
            case "fs.path.name" -> (o, v) -> name(o, v);
            case "fs.path.nameraw" -> (o, v) -> path(o, NAME, v, true);
            case "fs.path.source" -> (o, v) -> end(o, SOURCE, SOURCE_PLACE, v);
            case "fs.path.sourceraw" -> (o, v) -> path(o, SOURCE, v, true);
            case "fs.path.target" -> (o, v) -> end(o, TARGET, TARGET_PLACE, v);
            case "fs.path.targetraw" -> (o, v) -> path(o, TARGET, v, true);
            default -> Reader.MISSING;
        };
    }

    static boolean hasNoName(EventType type) {
        return NAME[type.code()] == NONE;
    }

    static boolean hasNoTarget(EventType type) {
        return TARGET[type.code()] == NONE;
    }

    private static boolean name(Observation o, Value value) {
        int param = NAME[o.event().type().code()];
        if (param >= 0 && param != OF_FD && succeeded(o) && o.event().has(param)) {
            value.begin();
            if (resolved(o, value)) {
                return value.end();
            }
        }
        return path(o, NAME, value, false);
    }

    /** One end of a link, rename or mount. */
    private static boolean end(Observation o, byte[] params, byte[] places, Value value) {
        Event event = o.event();
        int place = places[event.type().code()];
        if (place != NONE && succeeded(o)) {
            value.begin();
            if (place == Extension.OBJECT.ordinal() ? resolved(o, value) : detail(event, value)) {
                return value.end();
            }
        }
        return path(o, params, value, false);
    }

    private static boolean detail(Event event, Value value) {
        int param = event.extension(Extension.DETAIL);
        int length = event.textLength(param, 0);
        if (length > 0) {
            value.append(event, param, 0, length);
        }
        return length > 0;
    }

    private static boolean path(Observation o, byte[] params, Value value, boolean raw) {
        Event event = o.event();
        int param = params[event.type().code()];
        if (param == NONE || !succeeded(o)) {
            return false;
        }
        if (param == OF_FD) {
            Fd fd = o.fd();
            return fd != null
                    && fd.kind() != FdKind.UNKNOWN
                    && value.text(fd.name(), 0, fd.nameLength());
        }
        if (!event.has(param)) {
            return false;
        }
        value.begin();
        if (raw) {
            return value.append(event, param, 0, event.textLength(param, 0)).end();
        }
        if (event.type().param(param).type() == ParamType.CHARBUF
                && !Paths.isAbsolute(event, param)
                && event.type().name().equals("symlinkat")) {
            value.append("<UNKNOWN>").append(event, param, 0, event.textLength(param, 0));
            return value.end();
        }
        boolean fromCwd = event.type().name().equals("linkat");
        return Paths.appendAbsolute(o, param, fromCwd, value) && value.end();
    }

    /** The path as the kernel resolved it, where the sensor says so. */
    private static boolean resolved(Observation o, Value value) {
        int param = o.pathParam();
        if (param >= 0) {
            int offset = o.pathOffset();
            value.append(o.event(), param, offset, o.event().textLength(param, offset));
            return true;
        }
        dev.torimono.model.Text path = o.path();
        if (path != null) {
            value.append(path);
            return true;
        }
        return false;
    }

    /** Opens count unless they give fd -1 itself; every other call must return 0. */
    private static boolean succeeded(Observation o) {
        if (!ResultFields.has(o)) {
            return false;
        }
        long result = ResultFields.result(o.event());
        return Types.opens(o.event().type()) ? result != -1 : result == 0;
    }

    /** The absolute path of an {@code *at} call. */
    static Reader absolute(@Nullable String side) {
        boolean second = "dst".equals(side);
        byte[] params =
                table(
                        type -> {
                            if (!type.isExit()) {
                                return NONE;
                            }
                            return switch (type.name()) {
                                case "renameat", "renameat2" ->
                                        type.paramIndex(second ? "newpath" : "oldpath");
                                case "linkat" -> type.paramIndex(second ? "newpath" : "oldpath");
                                case "symlinkat" -> type.paramIndex("linkpath");
                                case "openat", "openat2", "unlinkat" -> type.paramIndex("name");
                                case "mkdirat", "open_by_handle_at" -> type.paramIndex("path");
                                default -> NONE;
                            };
                        });
        return (o, v) -> {
            int param = params[o.event().type().code()];
            v.begin();
            return param != NONE && Paths.appendAbsolute(o, param, v) && v.end();
        };
    }

    private static byte[] table(java.util.function.ToIntFunction<EventType> param) {
        byte[] table = new byte[EventType.count()];
        for (EventType type : EventType.all()) {
            table[type.code()] = (byte) (type.isExit() ? param.applyAsInt(type) : NONE);
        }
        return table;
    }

    private static int nameParam(EventType type) {
        return switch (type.name()) {
            case "open", "openat", "openat2", "unlinkat", "umount", "umount2" ->
                    type.paramIndex("name");
            case "mkdir", "mkdirat", "rmdir", "unlink", "chown", "lchown" ->
                    type.paramIndex("path");
            case "chmod", "fchmodat" -> type.paramIndex("filename");
            case "fchownat" -> type.paramIndex("pathname");
            case "quotactl" -> type.paramIndex("special");
            case "fchmod", "fchown" -> OF_FD;
            default -> NONE;
        };
    }

    private static int sourceParam(EventType type) {
        return switch (type.name()) {
            case "rename", "renameat", "renameat2" -> type.paramIndex("oldpath");
            case "link", "linkat" -> type.paramIndex("newpath");
            case "symlink", "symlinkat" -> type.paramIndex("linkpath");
            case "mount" -> type.paramIndex("dev");
            default -> NONE;
        };
    }

    /** Of two paths the sensor's object is the first; of a symbolic link the link itself. */
    private static int place(EventType type, boolean source) {
        int object = Extension.OBJECT.ordinal();
        int detail = Extension.DETAIL.ordinal();
        return switch (type.name()) {
            case "rename", "renameat", "renameat2" -> source ? object : detail;
            case "link", "linkat" -> source ? detail : object;
            case "symlink", "symlinkat" -> source ? object : NONE;
            case "mount" -> source ? NONE : object;
            default -> NONE;
        };
    }

    private static int targetParam(EventType type) {
        return switch (type.name()) {
            case "rename", "renameat", "renameat2" -> type.paramIndex("newpath");
            case "link", "linkat" -> type.paramIndex("oldpath");
            case "symlink", "symlinkat" -> type.paramIndex("target");
            case "mount" -> type.paramIndex("dir");
            default -> NONE;
        };
    }
}
