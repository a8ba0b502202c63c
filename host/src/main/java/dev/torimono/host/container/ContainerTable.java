// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.host.HostCounter;
import dev.torimono.host.HostCounters;
import dev.torimono.model.Container;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Containers by full id, as far as the runtimes have told. First sight asks the runtime; until it
 * answers the container is pending. One owner thread.
 */
public final class ContainerTable {
    private final Map<String, ContainerSlot> slots = new HashMap<>();
    private final Runtimes runtimes;
    private final int maxContainers;
    private final HostCounters counters;

    public ContainerTable(Runtimes runtimes, int maxContainers, HostCounters counters) {
        this.runtimes = runtimes;
        this.maxContainers = maxContainers;
        this.counters = counters;
    }

    /** The slot of the container at that place, made on first sight. */
    ContainerSlot slot(Placement placement) {
        ContainerSlot known = slots.get(placement.id());
        if (known != null) {
            known.podUid(placement.podUid());
            return known;
        }
        counters.increment(HostCounter.CONTAINERS_SEEN);
        ContainerSlot slot = new ContainerSlot(ContainerRewrite.firstSight(placement));
        slot.podUid(placement.podUid());
        slots.put(placement.id(), slot);
        ask(slot);
        return slot;
    }

    /** The container of a full id as known now; null when it was never seen or is forgotten. */
    public @Nullable Container container(String fullId) {
        ContainerSlot slot = slots.get(fullId);
        return slot == null ? null : slot.container();
    }

    /** A process seen running in the container; 0 when there is none. */
    public long processIn(Container container) {
        ContainerSlot slot = slots.get(container.fullId());
        return slot == null ? 0 : slot.lastPid();
    }

    /** Every container known now. */
    public List<Container> all() {
        return slots.values().stream().map(ContainerSlot::container).toList();
    }

    /** Full ids of every container known now. */
    public Set<String> ids() {
        return Set.copyOf(slots.keySet());
    }

    /** Takes the runtimes' answers in; false when there were none. */
    public boolean applyAnswers() {
        boolean any = false;
        for (Answer answer = runtimes.poll(); answer != null; answer = runtimes.poll()) {
            any = true;
            switch (answer) {
                case Answer.Described(Container container) -> described(container);
                case Answer.Outlined(Container container) -> outlined(container);
                case Answer.Unknown(String fullId) -> unknown(fullId);
                case Answer.Ended(String fullId) -> ended(fullId);
            }
        }
        return any;
    }

    /** Asks again for what still waits: an answer may have been dropped. */
    public void askAgain() {
        for (ContainerSlot slot : slots.values()) {
            if (slot.container().pending()) {
                ask(slot);
            }
        }
    }

    /**
     * Forgets containers that ended, and the unused ones beyond the limit.
     *
     * @param living walks the containers of every living task
     * @return whether any was forgotten
     */
    public boolean collect(Consumer<Consumer<Container>> living) {
        slots.values().forEach(slot -> slot.inUse(false));
        living.accept(
                container -> {
                    ContainerSlot slot = slots.get(container.fullId());
                    if (slot != null) {
                        slot.inUse(true);
                    }
                });
        int before = slots.size();
        removeIf(slot -> slot.ended() && !slot.inUse());
        if (slots.size() > maxContainers) {
            removeIf(slot -> slots.size() > maxContainers && !slot.inUse());
        }
        return slots.size() < before;
    }

    private void removeIf(Predicate<ContainerSlot> condition) {
        Iterator<ContainerSlot> at = slots.values().iterator();
        while (at.hasNext()) {
            if (condition.test(at.next())) {
                at.remove();
                counters.increment(HostCounter.CONTAINERS_FORGOTTEN);
            }
        }
    }

    private void ask(ContainerSlot slot) {
        Container container = slot.container();
        boolean certain = slot.podUid().isEmpty();
        int asked = runtimes.ask(container.fullId(), container.runtime(), certain);
        slot.openQuestions(asked);
        if (asked == 0 && !runtimes.any()) {
            // Nobody will ever answer: what the cgroup path told is all there is.
            slot.container(ContainerRewrite.settled(container));
        }
    }

    private void described(Container told) {
        counters.increment(HostCounter.CONTAINERS_ANSWERED);
        ContainerSlot slot = slots.get(told.fullId());
        if (slot == null) {
            slots.put(told.fullId(), new ContainerSlot(told));
            return;
        }
        slot.ended(false);
        slot.container(ContainerRewrite.withPodUid(told, slot.podUid()));
    }

    /** Better than nothing, but never than a description. */
    private void outlined(Container told) {
        ContainerSlot slot = slots.get(told.fullId());
        if (slot == null || slot.container().name().isEmpty()) {
            described(told);
        }
    }

    private void unknown(String fullId) {
        ContainerSlot slot = slots.get(fullId);
        // One of several runtimes may still know it.
        if (slot != null && slot.container().pending() && slot.answered() == 0) {
            counters.increment(HostCounter.CONTAINERS_UNKNOWN);
            slot.container(ContainerRewrite.settled(slot.container()));
        }
    }

    private void ended(String fullId) {
        ContainerSlot slot = slots.get(fullId);
        if (slot != null) {
            slot.ended(true);
        }
    }
}
