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
    private long callerCgroup;

    Inspection(KernelSide kernel, SmallFiles files) {
        this.kernel = kernel;
        this.memory = kernel.memory();
        this.files = files;
    }

    /** Looks at an fd of ours. */
    HeldFile look(int fd) {
        return look(fd, 0, 0);
    }

    /**
     * The same, and where the thread is that is held for it.
     *
     * @param number by which the kernel side will be answered
     */
    HeldFile look(int fd, long caller, int number) {
        memory.ask(fd, (int) caller, number);
        kernel.inspect();
        callerCgroup = memory.callerCgroup();
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

    /** Of the caller that was asked about last: its armed cgroup, 0 when it is in none. */
    long callerCgroup() {
        return callerCgroup;
    }

    private Text path(int fd, int facts) {
        Text followed = memory.path();
        return followed.isEmpty() ? readPath(fd, facts) : followed;
    }

    /** As the kernel writes it: what lies in no tree has a name only, and deleted ones say so. */
    private Text readPath(int fd, int facts) {
        Text path = files.pathOf(fd);
        int length = path.length() - DELETED.length();
        if ((facts & (Fd.DELETED | Fd.MEMFD)) != 0
                && length > 0
                && path.toString().endsWith(DELETED)) {
            return Text.of(path.array(), 0, length);
        }
        return path;
    }
}
