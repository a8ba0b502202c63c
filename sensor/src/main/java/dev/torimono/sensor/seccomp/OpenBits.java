// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

/**
 * The flags of open that are not the same bits on every machine; programs of 32 bits have those of
 * the machine they run on.
 */
record OpenBits(int directory, int noFollow, int direct, int largeFile) {
    private static final OpenBits X86 = new OpenBits(0200000, 0400000, 040000, 0100000);
    private static final OpenBits ARM = new OpenBits(040000, 0100000, 0200000, 0400000);

    /** Of this machine. */
    static final OpenBits HERE = of(Machine.arch());

    private static final int TMPFILE = 020000000;

    static OpenBits of(int arch) {
        return arch == NotifiedCall.ARCH_ARM64 || arch == NotifiedCall.ARCH_ARM ? ARM : X86;
    }

    /** O_TMPFILE: older kernels see in it that a folder is opened for writing. */
    int tmpFile() {
        return TMPFILE | directory;
    }
}
