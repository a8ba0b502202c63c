// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.scope;

/** A part of a compiled scope. */
@FunctionalInterface
interface ScopeTest {
    Coverage in(Place place);
}
