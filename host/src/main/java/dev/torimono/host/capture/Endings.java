// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import org.jspecify.annotations.Nullable;

/**
 * What an event closes or ends: it is still there while the event is judged, and goes before the
 * next one.
 */
final class Endings {
    private final Tasks tasks;
    private @Nullable CapturedTask closer;
    private long closingFd;
    private @Nullable CapturedTask ended;

    Endings(Tasks tasks) {
        this.tasks = tasks;
    }

    void close(Occurrence o) {
        Fd fd = o.fd();
        if (fd != null && o.result() >= 0) {
            closer = o.task();
            closingFd = fd.number();
        }
    }

    void end(Occurrence o) {
        CapturedTask task = o.task();
        if (task == null) {
            return;
        }
        Event event = o.event();
        TaskGroup group = task.group();
        if (group != null && !task.has(CloneFlags.DEAD)) {
            group.living(group.living() - 1);
        }
        task.flag(CloneFlags.DEAD);
        task.task().exited(event.timestampNs(), (int) event.number(0));
        ended = task;
        if (!task.children().isEmpty()) {
            task.reaperTid(event.has(4) ? event.number(4) : -1);
        }
    }

    /** Carries out what the last event left to do. */
    void finish() {
        CapturedTask of = closer;
        if (of != null) {
            FdMap fds = of.fds();
            if (fds != null) {
                fds.close(closingFd);
            }
            closer = null;
        }
        CapturedTask gone = ended;
        if (gone != null) {
            tasks.remove(gone.task().tid());
            ended = null;
        }
    }

    void forget() {
        closer = null;
        ended = null;
    }
}
