// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** The agents: who they are, how they fare, what they are told and what they tell. */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.fleet;
