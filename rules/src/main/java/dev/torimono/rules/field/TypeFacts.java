// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.EventType;

/** Which fields have the same value in every event of a type. */
public final class TypeFacts {
    private TypeFacts() {}

    /**
     * Whether the type alone decides what the field is: then an event of that type without
     * parameters shows it.
     */
    public static boolean decides(FieldUse use, EventType type) {
        String argument = use.argument() == null ? "" : use.argument();
        return switch (use.field().name()) {
            case "evt.dir",
                    "evt.is_async",
                    "evt.is_io",
                    "evt.is_io_read",
                    "evt.is_io_write",
                    "evt.io_dir",
                    "evt.is_wait",
                    "evt.count" ->
                    true;
            case "evt.type", "evt.type.is", "evt.asynctype" -> namesItself(type);
            case "syscall.type" -> namesItself(type) || !EventFields.isSyscall(type);
            case "evt.category" -> !Types.isIo(type);
            case "evt.is_open_read", "evt.is_open_write", "evt.is_open_create" ->
                    Types.openFlags(type) < 0;
            case "evt.is_open_exec" -> Types.openMode(type) < 0;
            case "evt.res", "evt.rawres", "evt.failed" -> Types.result(type.code()) < 0;
            case "evt.buffer" -> Types.data(type) < 0;
            case "evt.arg", "evt.rawarg" ->
                    use.dotted()
                            ? type.paramIndex(argument) < 0
                            : Integer.parseInt(argument) >= type.paramCount();
            case "fs.path.name", "fs.path.nameraw" -> PathFields.hasNoName(type);
            case "fs.path.source", "fs.path.sourceraw", "fs.path.target", "fs.path.targetraw" ->
                    PathFields.hasNoTarget(type);
            default -> false;
        };
    }

    private static boolean namesItself(EventType type) {
        return !Types.isGeneric(type) && type != Types.ASYNC;
    }
}
