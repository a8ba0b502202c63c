// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import dev.torimono.collector.access.Role;
import org.jspecify.annotations.Nullable;

/** Who may use a route. */
public enum Access {
    PUBLIC(null),
    VIEWER(Role.VIEWER),
    ANALYST(Role.ANALYST),
    ADMIN(Role.ADMIN),
    /** An enrolled agent, by its own token. */
    AGENT(null),
    /** A machine that wants to become an agent, by an access key. */
    ENROL(null),
    /** Another tool, by an access key for that. */
    INGEST(null);

    private final @Nullable Role role;

    Access(@Nullable Role role) {
        this.role = role;
    }

    /** What an account needs; null when no account opens the route. */
    public @Nullable Role role() {
        return role;
    }
}
