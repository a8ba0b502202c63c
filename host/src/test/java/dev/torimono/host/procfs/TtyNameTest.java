// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TtyNameTest {
    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "34816, pts/0",
        "34821, pts/5",
        "1083392, pts/256",
        "1025, tty1",
        "1088, ttyS0",
        "1280, tty",
        "1281, console",
        "58624, hvc0"
    })
    void numbersOfUserSpaceHaveNames(int device, String name) {
        assertThat(TtyName.of(device)).isEqualTo(name);
        assertThat(TtyName.normalize(device)).isEqualTo(device);
    }

    @ParameterizedTest
    @CsvSource({"136, 0, pts/0", "136, 300, pts/300", "4, 1, tty1", "5, 1, console"})
    void numbersOfTheKernelMeanTheSame(int major, int minor, String name) {
        assertThat(TtyName.of(major << 20 | minor)).isEqualTo(name);
    }

    @Test
    void normalizeGivesWhatProcTells() {
        assertThat(TtyName.normalize(136 << 20)).isEqualTo(34816);
    }
}
