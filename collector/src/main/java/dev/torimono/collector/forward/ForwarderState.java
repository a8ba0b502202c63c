// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

/**
 * How a forwarder fares.
 *
 * @param lastError why it does not go on; empty when it does
 * @param waiting how many events are still to be taken
 * @param delivered how many were taken since it was made
 * @param refused how many its target will never take
 * @param lost how many were let go of before it took them
 * @param behindSeconds how long ago the last that was taken came to be kept; 0 when none waits
 * @param deliveredMs when some were last taken, ms since the epoch; 0 for never
 */
public record ForwarderState(
        String lastError,
        long waiting,
        long delivered,
        long refused,
        long lost,
        long behindSeconds,
        long deliveredMs) {}
