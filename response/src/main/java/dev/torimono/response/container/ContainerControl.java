// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.container;

import dev.torimono.model.Container;

/** Acts on containers: a port with one implementation per way to reach them. */
public interface ContainerControl {

    /** What can be done. */
    enum Operation {
        PAUSE,
        UNPAUSE,
        /** Ask to end, kill after ten seconds. */
        STOP,
        KILL,
        /** Begin again what was ended. */
        START
    }

    /** What came of it. */
    sealed interface Answer {}

    /** Done. */
    record Done(String remark) implements Answer {}

    /** Tried in vain. */
    record Refused(String reason) implements Answer {}

    /** Not a container of this runtime, or the runtime does not answer: somebody else may try. */
    record NotMine(String reason) implements Answer {}

    /** How it is named in reasons, such as {@code docker}. */
    String name();

    /**
     * Does it; blocks until it is done.
     *
     * @param pid a process known to run in it, for those who know no ids
     */
    Answer act(Operation operation, Container container, long pid);

    /** Whether it can begin such a container again once that has ended. */
    default boolean restarts(Container container) {
        return false;
    }
}
