// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.EventBuilder;
import dev.torimono.model.Extension;
import dev.torimono.model.Text;
import java.util.Arrays;

/**
 * Calls whose record is the result and then the arguments, as {@link NotifiedCall#plan} has them.
 * The result is told as success. One thread.
 */
final class PlainCall {
    private static final int AT_FDCWD = -100;
    private static final int NAME_BYTES = 15;
    private static final int DATA_BYTES = 80;

    /** Kernel's numbers of ptrace requests, to the portable ones. */
    private static final int[] REQUESTS = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 0, 26, 27, 28, 29, 11, 12, 30, 31, 0, 32, 0, 0, 13, 33,
        34, 0, 0, 0, 35, 36, 37, 38
    };

    private static final int REQUESTS_FROM = 0x4200;
    private static final int REQUESTS_MORE = 12;

    /** Kernel's bits of clone's namespaces, and the portable ones. */
    private static final int[] CLONE = {
        0x00000400, 1 << 0, 0x00000200, 1 << 1, 0x08000000, 1 << 3, 0x40000000, 1 << 4,
        0x00020000, 1 << 5, 0x20000000, 1 << 6, 0x04000000, 1 << 7, 0x10000000, 1 << 20,
        0x02000000, 1 << 28
    };

    private final TaskMemory memory;
    private final PathFinder paths;

    PlainCall(TaskMemory memory, PathFinder paths) {
        this.memory = memory;
        this.paths = paths;
    }

    EventBuilder record(Caught of, int contextFlags) {
        EventBuilder event = of.begin().bytes(0, new byte[8]);
        Text object = null;
        Text second = null;
        int dirfd = AT_FDCWD;
        int index = 1;
        for (String step : of.call().plan().split(" ")) {
            String kind =
                    step.substring(0, step.indexOf(':') < 0 ? step.length() : step.indexOf(':'));
            int argument =
                    kind.length() == step.length() ? 0 : step.charAt(step.length() - 1) - '0';
            if (kind.equals("fd")) {
                dirfd = of.fd(argument);
            }
            if (kind.equals("path")) {
                Text given = memory.text(of.tid(), of.notification().argument(argument));
                Text absolute = paths.absoluteText(of.tid(), dirfd, given);
                event.bytes(index, Caught.terminated(given));
                second = object == null ? null : absolute;
                object = object == null ? absolute : object;
                dirfd = AT_FDCWD;
            } else {
                event.bytes(index, value(of, kind, argument));
            }
            index++;
        }
        event.extension(Extension.CONTEXT, of.context(contextFlags));
        if (object != null) {
            event.extension(Extension.OBJECT, Caught.path(object));
        }
        return second == null
                ? event
                : event.extension(Extension.DETAIL, Caught.terminated(second));
    }

    private byte[] value(Caught of, String kind, int argument) {
        long value = of.notification().argument(argument);
        return switch (kind) {
            case "fd" -> number(of.fd(argument), 8);
            case "u8" -> number(value, 1);
            case "u32" -> number(value, 4);
            case "u64" -> number(value, 8);
            case "at" ->
                    number(
                            ((value & 0x100) != 0 ? 1024 : 0) | ((value & 0x1000) != 0 ? 4096 : 0),
                            4);
            case "clone" -> number(clone(value), 4);
            case "request" -> number(request(value), 2);
            case "number" -> dynamic(value);
            case "text" -> Caught.terminated(memory.text(of.tid(), value));
            case "name" -> Caught.terminated(name(memory.text(of.tid(), value)));
            case "data" -> memory.bytes(of.tid(), value, DATA_BYTES);
            default -> new byte[0];
        };
    }

    private static Text name(Text given) {
        return Text.of(given.array(), 0, Math.min(given.length(), NAME_BYTES));
    }

    private static int request(long request) {
        if (request >= 0 && request < REQUESTS.length) {
            return REQUESTS[(int) request];
        }
        boolean more = request >= REQUESTS_FROM && request < REQUESTS_FROM + REQUESTS_MORE;
        return more ? 14 + (int) (request - REQUESTS_FROM) : 0;
    }

    private static long clone(long flags) {
        long out = 0;
        for (int i = 0; i < CLONE.length; i += 2) {
            out |= (flags & CLONE[i]) != 0 ? CLONE[i + 1] : 0;
        }
        return out;
    }

    /** A value of the kind "number". */
    private static byte[] dynamic(long value) {
        byte[] bytes = new byte[9];
        System.arraycopy(number(value, 8), 0, bytes, 1, 8);
        return bytes;
    }

    private static byte[] number(long value, int width) {
        return Arrays.copyOf(Caught.bytes(Caught.little(8).putLong(0, value)), width);
    }
}
