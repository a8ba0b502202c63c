// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.sensor.gate.SmallFiles;

/** The fd that the kernel would give a task now: the lowest that is free. One thread. */
final class FreeFd {
    private static final int FIRST = 3;

    /** Whoever has more open gets a number that is only nearly right. */
    private static final int LAST = 64;

    private final SmallFiles files;
    private final String proc;

    FreeFd(SmallFiles files, String proc) {
        this.files = files;
        this.proc = proc;
    }

    int next(long tid) {
        String folder = proc + tid + "/fd/";
        for (int fd = FIRST; fd < LAST; fd++) {
            if (files.link(folder + fd).isEmpty()) {
                return fd;
            }
        }
        return LAST;
    }
}
