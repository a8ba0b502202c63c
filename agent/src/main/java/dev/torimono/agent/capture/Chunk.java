// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.capture;

/**
 * Some blocks of events in a row. Filled by the pipeline's thread; once sealed it never changes and
 * may be read by any.
 *
 * @param bytes whole event blocks
 * @param firstNs time of the first event
 * @param lastNs time of the last one
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, never compared
record Chunk(byte[] bytes, long firstNs, long lastNs) {}
