// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Fd;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;

/** Looks at an open file from inside the kernel. One thread. */
final class Inspection {
    private static final String DELETED = " (deleted)";

    private final KernelSide kernel;
    private final EnforcementMemory memory;
    private final SmallFiles files;

    Inspection(KernelSide kernel, SmallFiles files) {
        this.kernel = kernel;
        this.memory = kernel.memory();
        this.files = files;
    }

    /** Looks at an fd of ours. */
    HeldFile look(int fd) {
        memory.ask(fd);
        kernel.inspect();
        int facts = memory.facts();
        return new HeldFile(
                path(fd, facts),
                memory.inode(),
                memory.device(),
                memory.filesystem(),
                facts,
                memory.mode(),
                memory.ctimeNs(),
                memory.mtimeNs(),
                memory.uid());
    }

    private Text path(int fd, int facts) {
        Text path = files.link("/proc/self/fd/" + fd);
        int length = path.length() - DELETED.length();
        if ((facts & (Fd.DELETED | Fd.MEMFD)) != 0
                && length > 0
                && path.toString().endsWith(DELETED)) {
            return Text.of(path.array(), 0, length);
        }
        return path;
    }
}
