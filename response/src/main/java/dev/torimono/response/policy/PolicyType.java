// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.policy;

import java.util.Locale;

/** What a policy judges. */
public enum PolicyType {
    /** Findings of rules. */
    WORKLOAD,
    /** Executables that were not in the container's image. */
    DRIFT,
    /** Executables known by their hash. */
    MALWARE;

    /** As written in policies. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
