// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/** The grammar of conditions: text to trees and back. */
@org.jspecify.annotations.NullMarked
package dev.torimono.rules.syntax;
