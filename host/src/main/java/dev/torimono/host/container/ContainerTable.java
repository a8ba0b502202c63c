// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.host.HostCounter;
import dev.torimono.host.HostCounters;
import dev.torimono.model.Container;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Containers by full id, as far as the runtimes have told. One owner thread. */
public final class ContainerTable {
    private final Map<String, ContainerSlot> slots = new HashMap<>();
    private final HostCounters counters;

    public ContainerTable(HostCounters counters) {
        this.counters = counters;
    }

    /** The slot of the container at that place, made on first sight. */
    ContainerSlot slot(Placement placement) {
        ContainerSlot known = slots.get(placement.id());
        if (known != null) {
            return known;
        }
        counters.increment(HostCounter.CONTAINERS_SEEN);
        ContainerSlot slot = new ContainerSlot(firstSight(placement), placement.podUid());
        slots.put(placement.id(), slot);
        return slot;
    }

    /** The container of a full id; null when it was never seen. */
    public @Nullable Container container(String fullId) {
        ContainerSlot slot = slots.get(fullId);
        return slot == null ? null : slot.container();
    }

    /** Every container known now. */
    public List<Container> all() {
        return slots.values().stream().map(ContainerSlot::container).toList();
    }

    private static Container firstSight(Placement placement) {
        Container pending = Container.pending(placement.id(), placement.runtime());
        if (placement.podUid().isEmpty()) {
            return pending;
        }
        return ContainerRewrite.withPod(pending, ContainerRewrite.pod(placement.podUid()));
    }
}
