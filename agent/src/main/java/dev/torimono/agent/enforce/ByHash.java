// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Finding;
import dev.torimono.model.HeldExec;
import dev.torimono.model.Observation;
import dev.torimono.response.decision.Decision;
import dev.torimono.response.decision.Moment;
import dev.torimono.response.decision.PolicySet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges held programs by what they are made of. The pipeline's thread. */
final class ByHash {
    private HeldHashes hashes = HeldHashes.NONE;

    /**
     * What came of it.
     *
     * @param finding null when nothing was found
     * @param waits whether it is to be asked again: the program is being hashed
     */
    record Judged(@Nullable Finding finding, Decision decision, boolean waits) {
        static final Judged NOTHING = new Judged(null, Decision.NONE, false);
        static final Judged WAITS = new Judged(null, Decision.NONE, true);
    }

    void use(HeldHashes by) {
        hashes = by;
    }

    /** What cannot be hashed in time passes, and is hashed once it runs. */
    Judged judge(HeldExec exec, PolicySet policies, Supplier<Observation> foreseen) {
        HeldHashes.Hash hash = hashes.of(exec);
        if (hash.waits()) {
            return Judged.WAITS;
        }
        if (!policies.knowsMalware(hash.sha256())) {
            return Judged.NOTHING;
        }
        Observation observation = foreseen.get();
        String path = exec.file().path().toString();
        Decision decision = policies.malware(path, observation).decide(hash.sha256(), Moment.HELD);
        return decision.equals(Decision.NONE)
                ? Judged.NOTHING
                : new Judged(hashes.finding(observation, hash.sha256()), decision, false);
    }

    /** Whether it is known what a program is made of, and nobody's malware. */
    boolean isGood(HeldExec exec, PolicySet policies) {
        String hash = hashes.of(exec).sha256();
        return !hash.isEmpty() && !policies.knowsMalware(hash);
    }
}
