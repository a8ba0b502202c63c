// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.model.Task;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tasks by tid: open addressing with linear probing, because a boxed key per lookup would be the
 * most frequent allocation of the whole agent. One owner thread.
 */
final class TaskMap {
    private static final int SMALLEST = 1024;

    private @Nullable Task[] slots = new @Nullable Task[SMALLEST];
    private int size;

    @Nullable Task get(long tid) {
        int mask = slots.length - 1;
        for (int i = home(tid, mask); ; i = (i + 1) & mask) {
            Task task = slots[i];
            if (task == null || task.tid() == tid) {
                return task;
            }
        }
    }

    /** Puts it in the place of any task of the same tid. */
    void put(Task task) {
        int mask = slots.length - 1;
        int i = home(task.tid(), mask);
        for (Task at = slots[i]; at != null; at = slots[i]) {
            if (at.tid() == task.tid()) {
                slots[i] = task;
                return;
            }
            i = (i + 1) & mask;
        }
        slots[i] = task;
        size++;
        if (size * 2 > slots.length) {
            resize(slots.length * 2);
        }
    }

    /** Removes that very task; false when its tid belongs to another one or to none. */
    boolean remove(Task task) {
        int mask = slots.length - 1;
        int i = home(task.tid(), mask);
        for (Task at = slots[i]; at != task; at = slots[i]) {
            if (at == null) {
                return false;
            }
            i = (i + 1) & mask;
        }
        closeGap(i, mask);
        size--;
        if (slots.length > SMALLEST && size * 8 < slots.length) {
            resize(slots.length / 2);
        }
        return true;
    }

    int size() {
        return size;
    }

    int capacity() {
        return slots.length;
    }

    /** The task in a slot, for those who walk the table in portions. */
    @Nullable Task slot(int index) {
        return slots[index & (slots.length - 1)];
    }

    /** Every task, in no order; the table must not change meanwhile. */
    void forEach(Consumer<Task> consumer) {
        for (Task task : slots) {
            if (task != null) {
                consumer.accept(task);
            }
        }
    }

    /** Moves later entries of the probe chain back, so that no tombstone is needed. */
    private void closeGap(int gap, int mask) {
        int free = gap;
        int i = (gap + 1) & mask;
        for (Task at = slots[i]; at != null; at = slots[i]) {
            int distance = (i - home(at.tid(), mask)) & mask;
            if (distance >= ((i - free) & mask)) {
                slots[free] = at;
                free = i;
            }
            i = (i + 1) & mask;
        }
        slots[free] = null;
    }

    private void resize(int capacity) {
        @Nullable Task[] old = slots;
        slots = new @Nullable Task[capacity];
        int mask = capacity - 1;
        for (Task task : old) {
            if (task != null) {
                int i = home(task.tid(), mask);
                while (slots[i] != null) {
                    i = (i + 1) & mask;
                }
                slots[i] = task;
            }
        }
        Arrays.fill(old, null);
    }

    private static int home(long tid, int mask) {
        long h = tid * 0x9E37_79B9_7F4A_7C15L;
        return (int) (h >>> 40) & mask;
    }
}
