// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

/** Modes of the kernel's lockdown; {@code confidentiality} forbids reading kernel memory. */
public enum Lockdown {
    /** securityfs is not mounted or the kernel has no lockdown. */
    UNKNOWN,
    NONE,
    INTEGRITY,
    CONFIDENTIALITY;

    /** Reads {@code none [integrity] confidentiality}: the one in brackets is in force. */
    static Lockdown parse(String text) {
        int open = text.indexOf('[');
        int close = text.indexOf(']', open + 1);
        if (open < 0 || close < 0) {
            return UNKNOWN;
        }
        return switch (text.substring(open + 1, close)) {
            case "none" -> NONE;
            case "integrity" -> INTEGRITY;
            case "confidentiality" -> CONFIDENTIALITY;
            default -> UNKNOWN;
        };
    }
}
