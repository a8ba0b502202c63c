// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import dev.torimono.rules.LoadCode;
import org.jspecify.annotations.Nullable;

/** Something that refuses an item or a file; ends up in the report. */
public final class LoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final LoadCode code;
    private final transient Place place;
    private final @Nullable String item;

    /**
     * At a place.
     *
     * @param item what it concerns, such as {@code rule "Read secrets"}; null for a whole file
     */
    public LoadException(LoadCode code, String message, Place place, @Nullable String item) {
        super(message, null, false, false);
        this.code = code;
        this.place = place;
        this.item = item;
    }

    public LoadCode code() {
        return code;
    }

    public Place place() {
        return place;
    }

    public @Nullable String item() {
        return item;
    }

    @Override
    public String getMessage() {
        return java.util.Objects.requireNonNull(super.getMessage());
    }
}
