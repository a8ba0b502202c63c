// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** What arrives and what people make of it: mutes, states, incidents. Keeps nothing of its own. */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.triage;
