// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

/**
 * An alert that waits on disk.
 *
 * @param key tells it apart from all others of this agent
 * @param json the alert; not copied, read only
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SpooledAlert(String key, byte[] json) {}
