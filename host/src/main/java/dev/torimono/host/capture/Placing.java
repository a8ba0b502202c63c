// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.Text;
import org.jspecify.annotations.Nullable;

/** Says which container a task's cgroups place it in. */
@FunctionalInterface
public interface Placing {
    /** Everything runs on the host. */
    Placing HOST = cgroups -> null;

    /**
     * The container; null on the host.
     *
     * @param cgroups NUL-separated {@code subsys=path}
     */
    @Nullable Container container(Text cgroups);

    /**
     * Learns from a container event.
     *
     * @return whether tasks have to be placed anew
     */
    default boolean told(Event event) {
        return false;
    }
}
