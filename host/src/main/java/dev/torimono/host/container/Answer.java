// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.model.Container;

/** What a runtime told, on its way to the owner thread. */
sealed interface Answer {
    /** The container as the runtime describes it. */
    record Described(Container container) implements Answer {}

    /** What a message about the container told, which is gone by now. */
    record Outlined(Container container) implements Answer {}

    /** The runtime does not know that id. */
    record Unknown(String fullId) implements Answer {}

    /** The container was removed. */
    record Ended(String fullId) implements Answer {}
}
