// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * What the trees of alerts did, for the collector: who was executed and ended, what was written and
 * whom it talked to, shortly before and after. Judges nothing, and keeps nothing of trees without
 * alerts but a short, bounded past.
 */
@org.jspecify.annotations.NullMarked
package dev.torimono.agent.activity;
