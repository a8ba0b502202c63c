// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

/** Bits of a task's portable clone flags; the upper ones are the recorder's own notes. */
final class CloneFlags {
    static final int FILES = 1;
    static final int NEW_PID = 1 << 6;
    static final int PARENT = 1 << 8;
    static final int THREAD = 1 << 13;

    /** The child's event came before its parent's. */
    static final int INVERTED = 1 << 16;

    static final int NAME_CHANGED = 1 << 17;
    static final int DEAD = 1 << 18;
    static final int ACTIVE = 1 << 19;
    static final int NEW_USER = 1 << 20;
    static final int PIPE_SOURCE = 1 << 21;
    static final int PIPE_DESTINATION = 1 << 22;
    static final int VFORK = 1 << 27;
    static final int CHILD_IN_PID_NAMESPACE = 1 << 29;
    static final int MAIN_THREAD = 1 << 30;

    private CloneFlags() {}
}
