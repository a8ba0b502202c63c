// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

/**
 * A stretch of the text that was parsed, in characters.
 *
 * @param start first character
 * @param end one past the last
 */
public record Span(int start, int end) {}
