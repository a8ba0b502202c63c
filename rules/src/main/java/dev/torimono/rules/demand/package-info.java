// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/**
 * What a ruleset needs to see: a necessary condition per rule over what a sensor can tell before an
 * event leaves the kernel. Everything a sensor cannot see counts as true, negated or not, so that
 * nothing that could match is ever left out.
 */
@org.jspecify.annotations.NullMarked
package dev.torimono.rules.demand;
