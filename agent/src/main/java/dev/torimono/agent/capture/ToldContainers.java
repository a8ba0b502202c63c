// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.capture;

import dev.torimono.model.Container;
import dev.torimono.model.Task;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which containers a capture has told of, and as what: each change is told once. */
final class ToldContainers {
    private static final int MOST = 4096;

    private final Map<String, Container> told = new HashMap<>();
    private @Nullable Container last;

    void clear() {
        told.clear();
        last = null;
    }

    /** The container of a task that has to be told first; null when nothing is new. */
    @SuppressWarnings("ReferenceEquality") // the host replaces what changes
    @Nullable Container news(@Nullable Task task) {
        Container container = task == null ? null : task.container();
        if (container == null || container == last) {
            return null;
        }
        last = container;
        if (told.size() >= MOST || told.get(container.fullId()) == container) {
            return null;
        }
        told.put(container.fullId(), container);
        return container;
    }
}
