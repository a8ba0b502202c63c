// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Enforcement;
import dev.torimono.model.HeldFile;
import java.util.HashSet;
import java.util.Set;

/**
 * The programs that pass in any case: fanotify is told not to ask about their files, and the kernel
 * side, which sees every exec, knows that they pass. Neither is enough by itself: what fanotify is
 * silent about and the kernel side does not know is stopped there and judged by its event. Void as
 * a whole when policies change. The polling thread.
 */
final class StandingPrograms {
    /** Names that matter; with more of them nothing stands but what may have any name. */
    private static final int MOST_NAMES = 4000;

    private static final int MOST_FILES = 16_000;
    private static final int COMM_BYTES = 15;

    private record FileId(int device, long inode) {}

    /** One file in one container: containers may share files. */
    private record Case(long cgroup, int device, long inode) {}

    private final KernelSide kernel;

    /** Files that fanotify is silent about. */
    private final Set<FileId> ignored = new HashSet<>();

    /** What was asked about already, whatever the answer. */
    private final Set<Case> settled = new HashSet<>();

    /** What came to the kernel side in another way than was foreseen. */
    private final Set<FileId> distrusted = new HashSet<>();

    private int generation;
    private boolean namesFit;

    StandingPrograms(KernelSide kernel) {
        this.kernel = kernel;
    }

    /** Forgets everything; programs of these names are judged each time from now on. */
    void renew(Set<String> names) {
        generation++;
        ignored.clear();
        settled.clear();
        distrusted.clear();
        kernel.memory().generation(generation);
        namesFit = names.size() <= MOST_NAMES;
        for (String name : names) {
            byte[] bytes = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            // No task has a longer one.
            namesFit &= bytes.length > COMM_BYTES || kernel.nameMatters(bytes, generation);
        }
    }

    /** Whether it makes sense to ask about a file that passed. */
    boolean asks(long cgroup, HeldFile file) {
        return generation != 0
                && cgroup != 0
                && settled.size() < MOST_FILES
                && !settled.contains(new Case(cgroup, file.device(), file.inode()));
    }

    /** Takes the answer in. */
    void take(
            FanotifyGroup group, long cgroup, HeldFile file, int fd, Enforcement.Standing answer) {
        settled.add(new Case(cgroup, file.device(), file.inode()));
        FileId id = new FileId(file.device(), file.inode());
        boolean named = answer == Enforcement.Standing.UNLESS_NAMED;
        if (answer == Enforcement.Standing.NO || (named && !namesFit) || distrusted.contains(id)) {
            return;
        }
        if (answer != Enforcement.Standing.LOADER) {
            kernel.stand(cgroup, file.device(), file.inode(), generation, !named);
        }
        if (group.ignore("/proc/self/fd/" + fd).isEmpty()) {
            ignored.add(id);
        }
    }

    /** The kernel side stopped an exec of a file, by a path that leads to it: it is asked about. */
    void distrust(FanotifyGroup group, String path, int device, long inode) {
        FileId id = new FileId(device, inode);
        if (ignored.remove(id)) {
            group.heed(path);
            distrusted.add(id);
        }
    }

    boolean any() {
        return !ignored.isEmpty();
    }
}
