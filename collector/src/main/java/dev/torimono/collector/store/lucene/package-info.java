// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/**
 * The embedded event store: a Lucene index a day behind a journal. What is acknowledged is in the
 * journal and on disk; the indexes follow and are made durable from time to time.
 */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.store.lucene;
