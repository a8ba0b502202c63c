// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exec that the kernel holds until it is judged. Reads what it is asked for and no more; valid
 * only while it is judged, by the thread that judges.
 *
 * <p>One exec may be held several times: for the file, for the interpreter of a script, for the
 * dynamic loader. {@link #continues} tells the later ones.
 */
public interface HeldExec {
    /** The calling thread. */
    long tid();

    /** Its process. */
    long pid();

    /** Full id of the armed container that the caller is in; empty when only its cgroup tells. */
    default String container() {
        return "";
    }

    /** Cgroup path of the caller; empty when it is gone. */
    Text cgroup();

    /** What is to be executed. */
    HeldFile file();

    /** Whether its file has no other name: no hard link to it. */
    default boolean alone() {
        return false;
    }

    /**
     * Its bytes from the start, of the very file and valid after it was judged; null when they
     * cannot be read. Whoever takes it closes it.
     */
    default @Nullable InputStream content() {
        return null;
    }

    /** Whether it is a script: its interpreter is held next. */
    boolean script();

    /** Whether the same call was held, and let pass, for another file just before. */
    boolean continues();

    /** Resolved path of the program that calls exec; empty when it cannot be told. */
    Text launcher();

    /** Last part of the path as the caller gave it: what the task will be called. */
    Text calledAs();

    /** The arguments as the caller gave them, the first included; empty when unreadable. */
    List<Text> arguments();

    /** The file that an argument names, seen from the caller; null when there is none. */
    @Nullable HeldFile named(Text argument);

    /** The exec as the kernel will tell it if it passes, with what can be known before. */
    Event event();

    /**
     * Writes a line where the caller reads errors, when that is a terminal of its own container.
     *
     * @return whether it is, and the line was written
     */
    boolean tellCaller(String line);
}
