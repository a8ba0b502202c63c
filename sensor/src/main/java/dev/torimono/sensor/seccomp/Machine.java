// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

/** What kind of machine this is. */
final class Machine {
    private Machine() {}

    /** {@code AUDIT_ARCH_} of this process; 0 when it is none that we know the calls of. */
    static int arch() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> NotifiedCall.ARCH_X86_64;
            case "aarch64" -> NotifiedCall.ARCH_ARM64;
            default -> 0;
        };
    }
}
