// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.io.Serial;

/** Nothing can be performed here; the message says why and what helps. */
public final class GeneratorException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    GeneratorException(String message) {
        super(message);
    }

    GeneratorException(String message, Throwable cause) {
        super(message, cause);
    }
}
