// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

/** Reads numbers of /proc, which is trusted for content but not for being complete. */
final class Numbers {
    private Numbers() {}

    static long of(String text, long otherwise) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    static long ofHex(String text) {
        try {
            return Long.parseUnsignedLong(text.strip(), 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
