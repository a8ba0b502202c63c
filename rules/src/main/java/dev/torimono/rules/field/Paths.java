// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.Observation;
import dev.torimono.model.Param;
import dev.torimono.model.ParamType;
import dev.torimono.model.Task;
import dev.torimono.model.Text;

/** Makes paths absolute the way captures need it: by text, from cwd or the directory fd. */
final class Paths {
    private static final int AT_FDCWD = -100;

    /** What Falco calls a path that exceeds its buffer. */
    private static final Text TOO_LONG = Text.of("/DIR_TOO_LONG/FILENAME_TOO_LONG");

    /** {@code <NA>}, little-endian. */
    private static final int UNREADABLE = 0x3E414E3C;

    private static final int MAX_PATH = 1024;
    private static final String UNKNOWN_DIRECTORY = "<UNKNOWN>";

    private Paths() {}

    /** Whether it names a path at all: what the kernel could not read is recorded as a mark. */
    static boolean isPath(Event event, int param) {
        int length = event.textLength(param, 0);
        return length > 0 && !(length == 4 && event.u32At(param, 0) == UNREADABLE);
    }

    static boolean isAbsolute(Event event, int param) {
        return event.length(param) > 0 && event.byteAt(param, 0) == '/';
    }

    /**
     * Appends the path parameter made absolute and free of dots; false, with nothing appended, when
     * it is absent.
     */
    static boolean appendAbsolute(Observation o, int param, Value value) {
        return appendAbsolute(o, param, false, value);
    }

    /** As above; from the working directory even where the call has a directory fd, if asked. */
    static boolean appendAbsolute(Observation o, int param, boolean fromCwd, Value value) {
        Event event = o.event();
        if (!event.has(param)) {
            return false;
        }
        int length = event.textLength(param, 0);
        if (length >= MAX_PATH) {
            value.append(TOO_LONG);
            return true;
        }
        int start = value.written();
        if (!isAbsolute(event, param)) {
            appendBase(o, param, fromCwd, value);
        }
        int baseEnd = value.written();
        if (baseEnd - start + length >= MAX_PATH) {
            value.cut(start).append(TOO_LONG);
            return true;
        }
        value.append(event, param, 0, length);
        normalize(value, start);
        return true;
    }

    private static void appendBase(Observation o, int param, boolean fromCwd, Value value) {
        Param schema = o.event().type().param(param);
        if (!fromCwd && schema.type() == ParamType.FSRELPATH && schema.dirFdParam() >= 0) {
            long dirFd = o.event().number(schema.dirFdParam());
            if (dirFd != AT_FDCWD) {
                Fd directory = o.fd(dirFd);
                if (directory == null) {
                    value.append(UNKNOWN_DIRECTORY);
                } else {
                    value.append(directory.name(), 0, directory.nameLength()).append('/');
                }
                return;
            }
        }
        Task task = o.task();
        if (task != null) {
            value.append(task.leader().cwd()).append('/');
        }
    }

    /** Resolves empty, {@code .} and {@code ..} components of what was appended from there on. */
    static void normalize(Value value, int start) {
        byte[] bytes = value.own();
        int end = value.written();
        boolean absolute = start < end && bytes[start] == '/';
        int floor = absolute ? start + 1 : start;
        int out = floor;
        int at = floor;
        while (at < end) {
            int stop = at;
            while (stop < end && bytes[stop] != '/') {
                stop++;
            }
            int size = stop - at;
            if (size == 2 && bytes[at] == '.' && bytes[at + 1] == '.') {
                out = parent(bytes, floor, out);
            } else if (size > 0 && !(size == 1 && bytes[at] == '.')) {
                if (out > floor) {
                    bytes[out++] = '/';
                }
                System.arraycopy(bytes, at, bytes, out, size);
                out += size;
            }
            at = stop + 1;
        }
        value.cut(out);
    }

    private static int parent(byte[] bytes, int floor, int out) {
        int at = out;
        while (at > floor && bytes[at - 1] != '/') {
            at--;
        }
        return Math.max(at - 1, floor);
    }
}
