// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.model.Container;
import dev.torimono.response.scope.Coverage;
import dev.torimono.response.scope.HostFacts;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which policies cover a container. A container object never changes (new metadata is a
 * new object), so identity is the key; a full slot is simply overwritten. Any thread.
 */
final class CoverageCache {
    private static final int SLOTS = 1024;

    private static final class Row {
        private final Container container;
        private final Coverage[] coverage;

        Row(Container container, Coverage[] coverage) {
            this.container = container;
            this.coverage = coverage;
        }
    }

    private final HostFacts host;
    private final List<CompiledPolicy> policies;
    private final Coverage[] onHost;
    private final AtomicReferenceArray<@Nullable Row> rows = new AtomicReferenceArray<>(SLOTS);

    CoverageCache(HostFacts host, List<CompiledPolicy> policies) {
        this.host = host;
        this.policies = policies;
        this.onHost = evaluate(null);
    }

    /** One answer per policy, by its index. Read only. */
    @SuppressWarnings("ReferenceEquality")
    Coverage[] of(@Nullable Container container) {
        if (container == null) {
            return onHost;
        }
        int slot = System.identityHashCode(container) & (SLOTS - 1);
        Row row = rows.get(slot);
        if (row == null || row.container != container) {
            row = new Row(container, evaluate(container));
            rows.set(slot, row);
        }
        return row.coverage;
    }

    private Coverage[] evaluate(@Nullable Container container) {
        Coverage[] coverage = new Coverage[policies.size()];
        for (CompiledPolicy policy : policies) {
            coverage[policy.index()] = policy.policy().scope().covers(host, container);
        }
        return coverage;
    }
}
