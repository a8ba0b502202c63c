// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.EventType;

/** Which fields have the same value in every event of a type. */
public final class TypeFacts {
    private TypeFacts() {}

    /** What the type alone says of a field. */
    public enum Decision {
        /** Nothing: events of the type differ. */
        OPEN,
        /** It is missing in every event of the type. */
        MISSING,
        /** It is the same in every one: an event of the type without parameters shows it. */
        FIXED
    }

    /** Whether any type decides the field at all. */
    public static boolean mayDecide(FieldUse use) {
        String name = use.field().name();
        return name.startsWith("evt.")
                || name.startsWith("fs.path.")
                || name.equals("syscall.type");
    }

    /** What a type says of a field. */
    public static Decision decide(FieldUse use, EventType type) {
        return switch (use.field().name()) {
            case "evt.dir",
                    "evt.is_async",
                    "evt.is_io",
                    "evt.is_io_read",
                    "evt.is_io_write",
                    "evt.io_dir",
                    "evt.is_wait",
                    "evt.count" ->
                    Decision.FIXED;
            case "evt.type", "evt.type.is", "evt.asynctype" -> fixed(namesItself(type));
            case "syscall.type" ->
                    EventFields.isSyscall(type) ? fixed(namesItself(type)) : Decision.MISSING;
            case "evt.category" -> fixed(!Types.isIo(type));
            case "evt.is_open_read", "evt.is_open_write", "evt.is_open_create" ->
                    fixed(Types.openFlags(type) < 0);
            case "evt.is_open_exec" -> fixed(Types.openMode(type) < 0);
            case "evt.res", "evt.rawres", "evt.failed" -> missing(Types.result(type.code()) < 0);
            case "evt.buffer" -> missing(Types.data(type) < 0);
            case "evt.arg", "evt.rawarg" -> missing(!hasParameter(use, type));
            case "fs.path.name", "fs.path.nameraw" -> missing(PathFields.hasNoName(type));
            case "fs.path.source", "fs.path.sourceraw", "fs.path.target", "fs.path.targetraw" ->
                    missing(PathFields.hasNoTarget(type));
            default -> Decision.OPEN;
        };
    }

    private static Decision fixed(boolean isFixed) {
        return isFixed ? Decision.FIXED : Decision.OPEN;
    }

    private static Decision missing(boolean isMissing) {
        return isMissing ? Decision.MISSING : Decision.OPEN;
    }

    private static boolean hasParameter(FieldUse use, EventType type) {
        String argument = use.argument() == null ? "" : use.argument();
        return use.dotted()
                ? type.paramIndex(argument) >= 0
                : Integer.parseInt(argument) < type.paramCount();
    }

    private static boolean namesItself(EventType type) {
        return !Types.isGeneric(type) && type != Types.ASYNC;
    }
}
