// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import org.jspecify.annotations.Nullable;

/** The tasks that are known, by id. */
public interface TaskTable {
    /** Knows no task. */
    TaskTable NONE = tid -> null;

    /** The task of that id; null when it is not known. */
    @Nullable Task task(long tid);
}
