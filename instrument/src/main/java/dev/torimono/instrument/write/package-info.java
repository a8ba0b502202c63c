// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** From changes to text: edits at the places of nodes, in the style of what stands around them. */
@org.jspecify.annotations.NullMarked
package dev.torimono.instrument.write;
