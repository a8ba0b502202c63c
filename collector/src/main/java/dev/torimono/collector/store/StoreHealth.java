// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

/**
 * How a store fares.
 *
 * @param trouble why it keeps nothing any more; empty when all is well
 * @param appended events kept since the start
 * @param duplicates events told again since the start
 * @param refused events there was no room for since the start
 * @param expired events let go of since the start
 * @param bytes room taken
 * @param days how many days there are events of
 */
public record StoreHealth(
        String trouble,
        long appended,
        long duplicates,
        long refused,
        long expired,
        long bytes,
        int days) {}
