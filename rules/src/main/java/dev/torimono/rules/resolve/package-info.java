// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/** Lists, macros, exceptions and overrides: from items to conditions that stand alone. */
@org.jspecify.annotations.NullMarked
package dev.torimono.rules.resolve;
