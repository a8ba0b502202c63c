// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

/** Words for an exception that a reader can use. */
final class Failure {
    private Failure() {}

    /** The message, or the first cause that has one, or the exception's own name. */
    static String text(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            String message = at.getMessage();
            if (message != null && !message.isBlank()) {
                return message;
            }
        }
        return thrown.getClass().getSimpleName();
    }
}
