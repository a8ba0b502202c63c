// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import org.jspecify.annotations.Nullable;

/** Finds the code that reads a field. */
public final class Readers {
    private Readers() {}

    /** What {@code exists}, outputs and plain comparisons see. */
    public static Reader of(FieldUse use) {
        String name = use.field().name();
        return switch (use.field().provider()) {
            case EVENT, SYSCALL -> system(name, use);
            case CONTAINER -> ContainerFields.of(use);
            case K8S_AUDIT, JSON -> Reader.MISSING;
        };
    }

    private static Reader system(String name, FieldUse use) {
        int dot = name.indexOf('.');
        return switch (name.substring(0, dot)) {
            case "evt", "syscall" -> event(name, use);
            case "proc", "thread" -> process(name, use);
            case "user", "group" -> AccountFields.of(name);
            case "fd" -> fd(name, use);
            case "fs" -> PathFields.of(name);
            case "fdlist" -> PollFields.of(name);
            default -> Reader.MISSING;
        };
    }

    private static Reader event(String name, FieldUse use) {
        Reader time = TimeFields.of(name);
        if (time != null) {
            return time;
        }
        return switch (name) {
            case "evt.arg" -> new ArgumentReader(use, false);
            case "evt.rawarg" -> new ArgumentReader(use, true);
            case "evt.args", "evt.info" -> ParamText::all;
            case "evt.abspath" -> PathFields.absolute(use.argument());
            default -> {
                Reader result = ResultFields.of(name);
                yield result != null ? result : EventFields.of(name, use);
            }
        };
    }

    private static Reader process(String name, FieldUse use) {
        Reader lineage = LineageFields.of(name, use);
        if (lineage != null) {
            return lineage;
        }
        Reader thread = ThreadFields.of(name, use);
        return thread != null ? thread : ProcessFields.of(name, use);
    }

    private static Reader fd(String name, FieldUse use) {
        Reader socket = SocketFields.of(name);
        return socket != null ? socket : FdFields.of(name, use);
    }

    /**
     * The reader of all candidates of a field whose comparisons hold when they hold for any of
     * them: ancestors, both ends of a connection. Null for every other field.
     */
    public static @Nullable Reader candidates(FieldUse use) {
        String name = use.field().name();
        Reader ends = SocketFields.bothEnds(name);
        return ends != null ? ends : LineageFields.candidates(name, use);
    }
}
