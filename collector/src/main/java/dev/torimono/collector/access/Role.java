// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an account may do; each may what the ones before it may. */
public enum Role {
    /** Looks at everything but secrets. */
    VIEWER,
    /** Works with events, and acts. */
    ANALYST,
    /** Changes everything. */
    ADMIN;

    public boolean mayWhat(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** As the API writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static @Nullable Role parse(String label) {
        for (Role role : values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        return null;
    }
}
