// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import org.jspecify.annotations.Nullable;

/** Which of the names that rules ask for an internet address goes by. */
@FunctionalInterface
public interface AddressNames {
    /** Knows none. */
    AddressNames NONE = (address, width) -> null;

    /** The name of the first 4 or 16 bytes; null when none of the names asked for leads there. */
    @Nullable Text name(byte[] address, int width);
}
