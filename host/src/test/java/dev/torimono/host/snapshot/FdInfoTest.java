// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Flags as /proc/PID/fdinfo has them on either machine. */
class FdInfoTest {
    /** A folder opened for reading: O_RDONLY, O_LARGEFILE, O_DIRECTORY, O_CLOEXEC. */
    @Test
    void folderIsOneOnBothMachines() {
        assertThat(FdInfo.portable(02300000, false)).isEqualTo(0x1 | 0x1000 | 0x400 | 0x800);
        assertThat(FdInfo.portable(02440000, true)).isEqualTo(0x1 | 0x1000 | 0x400 | 0x800);
    }

    @Test
    void directWritesAreTold() {
        assertThat(FdInfo.portable(040001, false)).isEqualTo(0x2 | 0x200);
        assertThat(FdInfo.portable(0200001, true)).isEqualTo(0x2 | 0x200);
    }
}
