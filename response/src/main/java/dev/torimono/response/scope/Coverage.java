// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.scope;

/** Whether a scope covers a place; three-valued, because a container is first known by its id. */
public enum Coverage {
    NO,
    YES,
    /** The container's runtime has not answered yet. */
    UNKNOWN;

    public Coverage not() {
        return switch (this) {
            case NO -> YES;
            case YES -> NO;
            case UNKNOWN -> UNKNOWN;
        };
    }

    public Coverage and(Coverage other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES ? other : UNKNOWN;
    }

    public Coverage or(Coverage other) {
        if (this == YES || other == YES) {
            return YES;
        }
        return this == NO ? other : UNKNOWN;
    }

    public static Coverage of(boolean covers) {
        return covers ? YES : NO;
    }
}
