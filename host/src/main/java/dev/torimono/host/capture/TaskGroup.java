// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process: its threads, the main one first. */
final class TaskGroup {
    private final List<CapturedTask> threads = new ArrayList<>(1);
    private int living;
    private boolean reaper;

    List<CapturedTask> threads() {
        return threads;
    }

    void add(CapturedTask task) {
        if (task.isMain()) {
            threads.addFirst(task);
        } else {
            threads.add(task);
        }
        living(living + 1);
    }

    void remove(CapturedTask task) {
        threads.remove(task);
    }

    /** Threads that have not ended. */
    int living() {
        return living;
    }

    void living(int value) {
        living = value;
        CapturedTask main = main();
        if (main != null) {
            main.task().threads(value);
        }
    }

    /** Whether orphans are given to it. */
    boolean reaper() {
        return reaper;
    }

    void reaper(boolean value) {
        reaper = value;
    }

    /** The main thread; null when the capture never told of it. */
    @Nullable CapturedTask main() {
        CapturedTask first = threads.isEmpty() ? null : threads.getFirst();
        return first == null || !first.isMain() ? null : first;
    }
}
