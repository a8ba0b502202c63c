// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * Tells people: which events go to which channel, and their delivery across failures and restarts.
 */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.notify;
