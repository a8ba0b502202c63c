// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/** The port through which events are kept and found. Its engines live in rooms below. */
@org.jspecify.annotations.NullMarked
package dev.torimono.collector.store;
