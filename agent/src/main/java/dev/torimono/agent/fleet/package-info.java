// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * The agent as one of many: alerts wait on disk until a collector has them, and what it is to
 * enforce comes from there. Without a collector, what was last told stays in force.
 */
@org.jspecify.annotations.NullMarked
package dev.torimono.agent.fleet;
