// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

/**
 * An event that a search found.
 *
 * @param id its name
 * @param body its JSON
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Found(EventId id, byte[] body) {}
