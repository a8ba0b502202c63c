// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Finding;
import dev.torimono.model.HeldExec;
import dev.torimono.model.Observation;

/** What programs are made of, as far as it is known before they are executed. */
public interface HeldHashes {
    /** Nobody hashes anything. */
    HeldHashes NONE =
            new HeldHashes() {
                @Override
                public Hash of(HeldExec exec) {
                    return Hash.UNKNOWN;
                }

                @Override
                public Finding finding(Observation foreseen, String sha256) {
                    throw new IllegalStateException("nothing is hashed: nothing is found");
                }
            };

    /**
     * What is known of a file.
     *
     * @param sha256 empty when it is not known
     * @param waits whether it will be in a moment
     */
    record Hash(String sha256, boolean waits) {
        public static final Hash UNKNOWN = new Hash("", false);
        public static final Hash SOON = new Hash("", true);
    }

    /** Of the file that is held. The pipeline's thread. */
    Hash of(HeldExec exec);

    /** What an alert says of malware that is about to be executed. */
    Finding finding(Observation foreseen, String sha256);
}
