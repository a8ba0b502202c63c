// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

/** When a decision is made. */
public enum Moment {
    /** The exec is held: it can still be refused. */
    HELD,
    /** It has happened. */
    HAPPENED
}
