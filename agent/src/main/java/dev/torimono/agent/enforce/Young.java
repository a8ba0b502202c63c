// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Container;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * How long execs of a container wait for its description: not longer than this after the first one
 * had to, whatever its runtime does. One thread.
 */
final class Young {
    static final long WAITS_NS = 3_000_000_000L;
    private static final int REMEMBERED = 4096;

    /** Instead of a time: it was told that nobody waits any longer. */
    private static final long TOLD = Long.MIN_VALUE;

    private final Map<String, Long> sinceNs =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /** Containers that nobody waited for any longer. Written by one thread, read by any. */
    private final AtomicInteger late = new AtomicInteger();

    private Consumer<Container> telling = _ -> {};

    /** It is told of each container that is not waited for any longer. */
    void onLate(Consumer<Container> told) {
        telling = told;
    }

    int late() {
        return late.get();
    }

    boolean waits(Container container, long nowNs) {
        Long since = sinceNs.putIfAbsent(container.fullId(), nowNs);
        if (since == null || since == TOLD || nowNs - since < WAITS_NS) {
            return since == null || since != TOLD;
        }
        sinceNs.put(container.fullId(), TOLD);
        late.incrementAndGet();
        telling.accept(container);
        return false;
    }
}
