// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an agent fares, as it last told.
 *
 * @param seenMs when, ms since the epoch
 * @param inForce version of the bundle it enforces; empty for none
 * @param refused why it does not enforce the current one; empty when it does, or has yet to try
 * @param health what it counts and what it cannot do
 * @param containers what runs on its machine; null when it has not told
 */
public record Presence(
        long seenMs,
        String inForce,
        String refused,
        ObjectNode health,
        @Nullable Inventory containers) {}
