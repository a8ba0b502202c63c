// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** Configuration and state in one SQLite file: accounts, tokens, agents, policies, audit. */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.state;
