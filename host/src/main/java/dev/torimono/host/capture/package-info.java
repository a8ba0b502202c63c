// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * The state of foreign captures, rebuilt from their own events: tasks, fd tables, working
 * directories, accounts. A live host needs none of it, because there the kernel is the state.
 */
package dev.torimono.host.capture;
