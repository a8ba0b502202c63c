// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** Snapshots of everything that is kept, and the one file that a backup is. */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.backup;
