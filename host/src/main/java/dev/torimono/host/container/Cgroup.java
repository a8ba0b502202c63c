// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.model.Container;
import dev.torimono.model.Text;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One cgroup path and the container it belongs to; one instance per path while it is cached. */
public final class Cgroup {
    private final Text path;
    private final @Nullable ContainerSlot slot;
    private final Consumer<Container> populated;

    /**
     * @param populated told when the first process of a container is seen
     */
    Cgroup(Text path, @Nullable ContainerSlot slot, Consumer<Container> populated) {
        this.path = path;
        this.slot = slot;
        this.populated = populated;
    }

    public Text path() {
        return path;
    }

    /** The container as known now; null on the host. */
    public @Nullable Container container() {
        ContainerSlot s = slot;
        return s == null ? null : s.container();
    }

    /** Remembers a living process of the container: its /proc/PID/root is the container's root. */
    public void seen(long pid) {
        ContainerSlot s = slot;
        if (s != null && s.seen(pid)) {
            populated.accept(s.container());
        }
    }
}
