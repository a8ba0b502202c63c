// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import java.io.Serial;

/** A definition that cannot be instrumented; the message says where and why, a line a reason. */
public final class InstrumentException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    public InstrumentException(String message) {
        super(message);
    }
}
