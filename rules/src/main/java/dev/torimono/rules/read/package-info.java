// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/** YAML files to items with positions. Knows what an item looks like, not what it refers to. */
@org.jspecify.annotations.NullMarked
package dev.torimono.rules.read;
