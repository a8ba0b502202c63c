// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import java.io.Serial;

/** A definition that cannot be instrumented; the message says where and why, for each reason. */
public final class InstrumentException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    public InstrumentException(String message) {
        super(message);
    }

    /** The first reason with its place, without the line that it is about. */
    public String headline() {
        return String.valueOf(getMessage()).lines().findFirst().orElse("");
    }
}
