// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response;

import dev.torimono.model.Container;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the pipeline's thread shows containers to the responder's, but only while somebody waits
 * for one: the host's own table is for its thread alone.
 */
public final class ContainerBoard implements ContainerLookup {
    private static final long SHOW_WITHIN_S = 3;
    private static final long LOOK_EVERY_MS = 5;

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

    /** All that are known now, as soon as the pipeline has shown them; what was shown last else. */
    public List<Container> all() {
        wanted = true;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SHOW_WITHIN_S);
        while (wanted && System.nanoTime() < deadline) {
            try {
                Thread.sleep(LOOK_EVERY_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return List.copyOf(shown.values());
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
