// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

/**
 * Names of terminals by device number. Falco's {@code proc.tty} and /proc/PID/stat use the user
 * space encoding (major in bits 8..19, minor split around it), the kernel's own is major &lt;&lt;
 * 20 | minor; the two cannot be confused for terminals, whose majors are small.
 */
public final class TtyName {
    private TtyName() {}

    /** The number in the user space encoding, whichever it was given in; 0 none. */
    public static int normalize(int device) {
        if (device == 0 || terminal(userMajor(device))) {
            return device;
        }
        int major = device >>> 20;
        int minor = device & 0xFFFFF;
        return terminal(major) ? (minor & 0xFF) | major << 8 | (minor & ~0xFF) << 12 : device;
    }

    /** A name such as {@code pts/0}; empty for no terminal. */
    public static String of(int device) {
        int number = normalize(device);
        if (number == 0) {
            return "";
        }
        int major = userMajor(number);
        int minor = (number & 0xFF) | (number >>> 12 & 0xFFF00);
        if (major >= 136 && major <= 143) {
            return "pts/" + ((major - 136) * 256 + minor);
        }
        return switch (major) {
            case 3 -> "ttyp" + minor;
            case 4 -> minor < 64 ? "tty" + minor : "ttyS" + (minor - 64);
            case 5 -> minor == 0 ? "tty" : minor == 1 ? "console" : "ptmx";
            case 188 -> "ttyUSB" + minor;
            case 204 -> "ttyAMA" + Math.max(0, minor - 64);
            case 229 -> "hvc" + minor;
            default -> "tty(" + major + ":" + minor + ")";
        };
    }

    private static int userMajor(int device) {
        return device >>> 8 & 0xFFF;
    }

    private static boolean terminal(int major) {
        return (major >= 3 && major <= 5)
                || (major >= 136 && major <= 143)
                || major == 188
                || major == 204
                || major == 229;
    }
}
