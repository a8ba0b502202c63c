// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.host.HostCounter;
import dev.torimono.host.HostCounters;

/**
 * How many reads of /proc the pipeline may still spend before the next refill: after a burst of
 * losses, catching up must not make the agent lose more.
 */
public final class RepairAllowance {
    private static final long REFILL_NS = 1_000_000_000;

    private final int perSecond;
    private final HostCounters counters;
    private int left;
    private long refilledNs;

    public RepairAllowance(int perSecond, HostCounters counters) {
        this.perSecond = perSecond;
        this.counters = counters;
        this.left = perSecond;
    }

    /** Takes one; false when this second's are used up. */
    boolean take() {
        if (left > 0) {
            left--;
            return true;
        }
        counters.increment(HostCounter.REPAIRS_SKIPPED);
        return false;
    }

    public void tick(long nowNs) {
        if (nowNs - refilledNs >= REFILL_NS) {
            refilledNs = nowNs;
            left = perSecond;
        }
    }
}
