// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.policy;

import java.util.Locale;

/** Whether a policy's actions are done or only counted. */
public enum Mode {
    MONITOR,
    ENFORCE;

    /** As written in policies. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
