// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.HeldFile;
import dev.torimono.sensor.gate.CallerFacts;

/** Whether a call can be granted by the mode of a file: in doubt it can. */
final class Permission {
    private static final long CAP_DAC_OVERRIDE = 1 << 1;
    private static final int EXECUTE = 1;
    private static final int ANY_EXECUTE = 0111;

    private Permission() {}

    /**
     * False only when it is certain: neither owner nor others may, nor the group, whoever is in it.
     *
     * @param wanted of 4 read, 2 write, 1 execute
     */
    static boolean mayBe(CallerFacts who, HeldFile file, int wanted) {
        int mode = file.mode();
        if ((who.capEffective() & CAP_DAC_OVERRIDE) != 0) {
            return (wanted & EXECUTE) == 0 || (mode & ANY_EXECUTE) != 0;
        }
        if (who.effectiveUid() == file.uid()) {
            return (mode >> 6 & wanted) == wanted;
        }
        return ((mode | mode >> 3) & wanted) == wanted;
    }
}
