// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import org.jspecify.annotations.Nullable;

/** Falco's priorities, most urgent first; the ordinal is Falco's number. */
public enum Priority {
    EMERGENCY("Emergency"),
    ALERT("Alert"),
    CRITICAL("Critical"),
    ERROR("Error"),
    WARNING("Warning"),
    NOTICE("Notice"),
    INFORMATIONAL("Informational"),
    DEBUG("Debug");

    private final String label;

    Priority(String label) {
        this.label = label;
    }

    /** As it stands in alerts. */
    public String label() {
        return label;
    }

    /** Whether an alert of this priority passes a minimum. */
    public boolean atLeast(Priority minimum) {
        return ordinal() <= minimum.ordinal();
    }

    /** Reads a priority in any letter case, {@code INFO} included; null when it is none. */
    public static @Nullable Priority parse(String text) {
        if (text.equalsIgnoreCase("INFO")) {
            return INFORMATIONAL;
        }
        for (Priority priority : values()) {
            if (priority.label.equalsIgnoreCase(text)) {
                return priority;
            }
        }
        return null;
    }
}
