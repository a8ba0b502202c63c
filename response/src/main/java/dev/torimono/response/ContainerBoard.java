// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response;

import dev.torimono.model.Container;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the pipeline's thread shows containers to the responder's, but only while somebody waits
 * for one: the host's own table is for its thread alone.
 */
public final class ContainerBoard implements ContainerLookup {
    private volatile boolean wanted;
    private volatile Map<String, Container> shown = Map.of();

    /** Whether to {@link #show} the containers now. */
    public boolean wanted() {
        return wanted;
    }

    /** Shows what is known by now. */
    public void show(List<Container> containers) {
        Map<String, Container> next = new HashMap<>();
        containers.forEach(container -> next.put(container.fullId(), container));
        shown = Map.copyOf(next);
        wanted = false;
    }

    @Override
    public @Nullable Container find(String fullId) {
        Container found = shown.get(fullId);
        if (found == null || found.pending()) {
            wanted = true;
        }
        return found;
    }
}
