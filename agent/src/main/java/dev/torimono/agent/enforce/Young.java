// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Container;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long execs of a container wait for its description: not longer than this after the first one
 * had to, whatever its runtime does. One thread.
 */
final class Young {
    static final long WAITS_NS = 3_000_000_000L;
    private static final int REMEMBERED = 4096;

    private final Map<String, Long> sinceNs =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > REMEMBERED;
                }
            };

    boolean waits(Container container, long nowNs) {
        Long since = sinceNs.putIfAbsent(container.fullId(), nowNs);
        return since == null || nowNs - since < WAITS_NS;
    }
}
