// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

/** A person named a container that is not there, or not one alone. */
final class NoSuchContainerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchContainerException(String message) {
        super(message);
    }
}
