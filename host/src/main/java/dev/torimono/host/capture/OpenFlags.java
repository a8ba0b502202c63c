// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

/** Portable open flags that decide something here, and their native counterparts. */
final class OpenFlags {
    static final int DIRECTORY = 0x400;
    static final int CLOEXEC = 0x1000;
    static final int UPPER_LAYER = 0x8000;
    static final int LOWER_LAYER = 0x10000;

    /** Linux's SOCK_CLOEXEC, as types and flags of sockets carry it. */
    private static final int NATIVE_SOCKET_CLOEXEC = 0x80000;

    private OpenFlags() {}

    /** From flags of which bit 0 means close-on-exec. */
    static int ofFirstBit(long flags) {
        return (flags & 1) != 0 ? CLOEXEC : 0;
    }

    static int ofNativeSocket(long flags) {
        return (flags & NATIVE_SOCKET_CLOEXEC) != 0 ? CLOEXEC : 0;
    }
}
