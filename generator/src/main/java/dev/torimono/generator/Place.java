// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.util.Locale;

/** Where a step is performed, and how. */
public enum Place {
    HOST,
    CONTAINER,
    NETWORK,
    ADMIN,
    PRIVILEGED,
    EXEC,
    TERMINAL,
    START;

    /** As the table of actions calls it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a performer waits there for orders, so that a deed costs next to nothing. */
    boolean served() {
        return switch (this) {
            case HOST, CONTAINER, NETWORK, ADMIN, PRIVILEGED -> true;
            case EXEC, TERMINAL, START -> false;
        };
    }
}
