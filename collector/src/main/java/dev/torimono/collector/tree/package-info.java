// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * Trees of processes around an event, put together from the lineages of alerts and from what agents
 * tell of the trees that alerted. What they tell is kept in an event store of its own.
 */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.tree;
