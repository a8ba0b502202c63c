// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import org.jspecify.annotations.Nullable;

/**
 * One thing that loading has to say.
 *
 * @param code Falco's code of it
 * @param message what, why and what to do
 * @param position where
 * @param line the offending line, or what is near of a very long one
 * @param caret which character of {@code line}, from 0
 * @param item what it concerns, such as {@code rule "Read sensitive file"}; null for a whole file
 */
public record Diagnostic(
        LoadCode code,
        String message,
        Position position,
        String line,
        int caret,
        @Nullable String item) {}
