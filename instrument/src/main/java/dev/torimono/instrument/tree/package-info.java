// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** Nodes with their places in the text, whatever the syntax. */
@org.jspecify.annotations.NullMarked
package dev.torimono.instrument.tree;
