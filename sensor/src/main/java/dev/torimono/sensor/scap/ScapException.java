// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A capture cannot be read: file, offset in its uncompressed content, and why. */
public final class ScapException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ScapException(String file, long offset, String why) {
        this(file, offset, why, null);
    }

    ScapException(String file, long offset, String why, @Nullable IOException cause) {
        super(file + ":" + offset + ": " + why, cause);
    }
}
