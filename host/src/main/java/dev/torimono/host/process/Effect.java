// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.model.EventType;

/** What an event type changes in the process table. */
enum Effect {
    NONE,
    EXEC,
    FORK,
    EXIT,
    SETSID,
    SETPGID,
    CHDIR,
    CHROOT,
    SETGID,
    RENAME_TASK;

    private static final Effect[] BY_CODE = new Effect[EventType.count()];

    static {
        for (EventType type : EventType.all()) {
            BY_CODE[type.code()] = classify(type);
        }
    }

    static Effect of(EventType type) {
        return BY_CODE[type.code()];
    }

    boolean changesImage() {
        return this == EXEC || this == FORK;
    }

    private static Effect classify(EventType type) {
        if (type.symbol().startsWith("PROCEXIT") && !type.isExit()) {
            return EXIT;
        }
        if (!type.isExit()) {
            return NONE;
        }
        return switch (type.name()) {
            case "execve", "execveat" -> EXEC;
            case "clone", "clone3", "fork", "vfork" -> FORK;
            case "setsid" -> SETSID;
            case "setpgid" -> SETPGID;
            case "chdir", "fchdir" -> CHDIR;
            case "chroot" -> CHROOT;
            case "setgid", "setresgid", "setregid" -> SETGID;
            case "prctl" -> RENAME_TASK;
            default -> NONE;
        };
    }
}
