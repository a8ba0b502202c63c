// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.drift;

import java.util.List;

/**
 * One execution in a container, as far as drift is concerned.
 *
 * @param path resolved path of what is executed: the program, script or shared object
 * @param origin where its content comes from
 * @param manner how it is executed
 * @param launcher the process that executes it, by the path of its program: the caller of exec, or
 *     the interpreter's own parent for scripts
 * @param writer program that wrote the file, by path; empty when that was not seen
 * @param ancestors programs of the launcher's ancestors in the same container, by path, nearest
 *     first; the launcher itself may be among them
 */
public record Execution(
        String path,
        Origin origin,
        Manner manner,
        String launcher,
        String writer,
        List<String> ancestors) {
    public Execution {
        ancestors = List.copyOf(ancestors);
    }

    /** How a file is executed. */
    public enum Manner {
        /** By exec, a script with its own first line included. */
        EXEC,
        /** Given to an interpreter: {@code sh x.sh}. */
        SCRIPT,
        /** Mapped executable by a running program. */
        LIBRARY,
        /** Given to the dynamic loader: {@code ld.so /x}. */
        LOADER
    }

    /** One whose writer was not seen, by whoever stands alone. */
    public Execution(String path, Origin origin, Manner manner, String launcher) {
        this(path, origin, manner, launcher, "", List.of());
    }
}
