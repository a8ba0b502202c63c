// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import java.io.IOException;

/** Nobody reads the agent's own stdout any more: it has no reason to go on. */
public final class ReaderGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    ReaderGoneException(String message, IOException cause) {
        super(message, cause);
    }
}
