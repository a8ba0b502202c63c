// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** Where the pages of the console are. */
@org.jspecify.annotations.NullMarked
package dev.torimono.console;
