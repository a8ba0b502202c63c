// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

/**
 * What a load gave.
 *
 * @param ruleset every rule that is good, even when others are broken
 * @param report what there is to say
 */
public record LoadResult(Ruleset ruleset, LoadReport report) {}
