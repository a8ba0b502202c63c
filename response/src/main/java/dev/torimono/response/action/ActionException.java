// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

/**
 * An action could not be carried out for a reason outside the process or container it is aimed at.
 */
public final class ActionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ActionException(String message, Throwable cause) {
        super(message, cause);
    }
}
