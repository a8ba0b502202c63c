// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import org.jspecify.annotations.Nullable;

/** The open fds of a task, where a source keeps or can ask for them. */
public interface FdTable {
    /** Knows no fd. */
    FdTable NONE =
            new FdTable() {
                @Override
                public @Nullable Fd fd(Task task, long number) {
                    return null;
                }

                @Override
                public int openCount(Task task) {
                    return 0;
                }
            };

    /** The fd of that number; null when it is not open or not known. */
    @Nullable Fd fd(Task task, long number);

    /** How many fds the task has open, as far as known. */
    int openCount(Task task);

    /** Hands over every open fd of the task that is known; none where the table cannot tell. */
    default void forEach(Task task, java.util.function.Consumer<Fd> each) {}
}
