// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response;

import dev.torimono.model.Container;
import org.jspecify.annotations.Nullable;

/** Finds what is known of a container by now: a port to the host's table. Any thread. */
@FunctionalInterface
public interface ContainerLookup {
    /** Knows none. */
    ContainerLookup NONE = fullId -> null;

    /** The container of that full id; null or pending while its runtime has not answered. */
    @Nullable Container find(String fullId);
}
