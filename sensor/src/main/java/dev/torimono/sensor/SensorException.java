// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import org.jspecify.annotations.Nullable;

/** The kernel sensor cannot work here; the message says in one sentence what to do about it. */
public final class SensorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Reason {
        NOT_ROOT,
        NO_BTF,
        NO_LIBBPF,
        LOCKED_DOWN,
        LOAD_FAILED,
        ATTACH_FAILED,
        SECCOMP,
        ALREADY_RUNNING
    }

    private final Reason reason;

    public SensorException(Reason reason, String message) {
        this(reason, message, null);
    }

    public SensorException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
