// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/** The filter language of events: reading it, and what it means. Knows no store. */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.query;
