// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * What people have agents do: asked for here, done by the agent within its own guards, at most once
 * and never late.
 */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.respond;
