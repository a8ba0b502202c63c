// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import org.jspecify.annotations.Nullable;

/** Names of users and groups, as the container (or the host) of a task knows them. */
public interface Accounts {
    /** Knows nobody. */
    Accounts NONE =
            new Accounts() {
                @Override
                public @Nullable User user(@Nullable Container container, long uid) {
                    return null;
                }

                @Override
                public @Nullable Group group(@Nullable Container container, long gid) {
                    return null;
                }
            };

    /** The account of that id; null when nobody there has it. */
    @Nullable User user(@Nullable Container container, long uid);

    /** The group of that id; null when there is none. */
    @Nullable Group group(@Nullable Container container, long gid);
}
