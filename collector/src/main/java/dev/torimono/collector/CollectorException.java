// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

/** The collector cannot start; the message tells why and what to do. */
public final class CollectorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CollectorException(String message, Throwable cause) {
        super(message, cause);
    }
}
