// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.event;

/** Someone sent what is no JSON, or not the JSON that was asked for. */
public final class BadJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadJsonException(String message) {
        super(message);
    }
}
