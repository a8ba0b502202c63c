// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

/**
 * How long events are kept.
 *
 * @param maxAgeNs older ones go
 * @param maxBytes when all take more room than this, the oldest days go; the current one stays
 */
public record Retention(long maxAgeNs, long maxBytes) {}
