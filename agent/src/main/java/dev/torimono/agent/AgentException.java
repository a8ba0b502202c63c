// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

/** Why the agent cannot start or go on, in a sentence for the user; the root of this module's. */
public class AgentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of thing is wrong: whoever runs the agent makes exit codes of it. */
    public enum Reason {
        /** Options or configuration. */
        CONFIG,
        /** The rules do not load. */
        RULES,
        /** The machine lacks something, or does not allow it. */
        ENVIRONMENT,
        /** Another agent runs. */
        ALREADY_RUNNING
    }

    private final Reason reason;

    public AgentException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public AgentException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return java.util.Objects.requireNonNull(super.getMessage());
    }
}
