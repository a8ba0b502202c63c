// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.respond;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked for, under Sysdig's names. */
public enum ActionType {
    KILL_PROCESS("kill-process", true),
    KILL_CONTAINER("kill-container", true),
    STOP_CONTAINER("stop-container", true),
    PAUSE_CONTAINER("pause-container", true),
    UNPAUSE_CONTAINER("unpause-container", false),
    START_CONTAINER("start-container", false),
    FILE_QUARANTINE("quarantine", true),
    FILE_UNQUARANTINE("unquarantine", false),
    FILE_ACQUIRE("acquire", false);

    /**
     * One parameter.
     *
     * @param name Sysdig's name
     * @param required whether it must be given
     */
    public record Param(String name, boolean required) {}

    /** Names of parameters, and what takes which. */
    static final class Params {
        static final String HOST = "host.id";
        static final String PID = "process.id";
        static final String START = "startTime";
        static final String TREE = "process.tree";
        static final String CONTAINER_ID = "container.id";
        static final String PATH = "path.absolute";
        static final String QUARANTINED = "quarantined_file_path";

        private static final Param ON = new Param(HOST, true);
        private static final List<Param> PROCESS =
                List.of(ON, new Param(PID, true), new Param(START, true), new Param(TREE, false));
        private static final List<Param> CONTAINER = List.of(ON, new Param(CONTAINER_ID, true));
        private static final List<Param> FILE =
                List.of(ON, new Param(PATH, true), new Param(CONTAINER_ID, false));
        private static final List<Param> KEPT = List.of(ON, new Param(QUARANTINED, true));

        private Params() {}
    }

    private final String command;
    private final boolean destructive;

    ActionType(String command, boolean destructive) {
        this.command = command;
        this.destructive = destructive;
    }

    /** Null when there is none of that name. */
    public static @Nullable ActionType parse(String name) {
        for (ActionType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** What the agent calls it. */
    String command() {
        return command;
    }

    /** Whether something stops because of it. */
    public boolean destructive() {
        return destructive;
    }

    public List<Param> params() {
        return switch (this) {
            case KILL_PROCESS -> Params.PROCESS;
            case KILL_CONTAINER,
                    STOP_CONTAINER,
                    PAUSE_CONTAINER,
                    UNPAUSE_CONTAINER,
                    START_CONTAINER ->
                    Params.CONTAINER;
            case FILE_QUARANTINE, FILE_ACQUIRE -> Params.FILE;
            case FILE_UNQUARANTINE -> Params.KEPT;
        };
    }

    /** What takes it back; null when nothing does. */
    public @Nullable ActionType undo() {
        return switch (this) {
            case PAUSE_CONTAINER -> UNPAUSE_CONTAINER;
            case UNPAUSE_CONTAINER -> PAUSE_CONTAINER;
            case KILL_CONTAINER, STOP_CONTAINER -> START_CONTAINER;
            case START_CONTAINER -> STOP_CONTAINER;
            case FILE_QUARANTINE -> FILE_UNQUARANTINE;
            case KILL_PROCESS, FILE_UNQUARANTINE, FILE_ACQUIRE -> null;
        };
    }
}
