// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import java.util.concurrent.atomic.LongAdder;

/** What one policy did, or would have done; survives reloads. Any thread counts and reads. */
public final class PolicyTally {
    private final LongAdder findings = new LongAdder();
    private final LongAdder exempted = new LongAdder();
    private final LongAdder planned = new LongAdder();
    private final LongAdder wouldHave = new LongAdder();

    void finding() {
        findings.increment();
    }

    void exempt() {
        exempted.increment();
    }

    void act(boolean monitored) {
        (monitored ? wouldHave : planned).increment();
    }

    /** Findings it covered. */
    public long findings() {
        return findings.sum();
    }

    /** Findings that one of its exceptions took out. */
    public long exempted() {
        return exempted.sum();
    }

    /** Findings it asked actions for. */
    public long planned() {
        return planned.sum();
    }

    /** Findings it would have asked actions for, had it not only monitored. */
    public long wouldHave() {
        return wouldHave.sum();
    }
}
