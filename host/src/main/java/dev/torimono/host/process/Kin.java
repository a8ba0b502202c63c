// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.host.procfs.ProcReader;
import dev.torimono.host.procfs.StartTime;
import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import org.jspecify.annotations.Nullable;

/**
 * Whose program a process still runs that was forked unseen. Its memory is laid out as its
 * parent's: each exec draws the layout anew, so that neither of them executed anything since, and
 * that the parent it has now is the one that forked it.
 */
final class Kin implements ProcReader.Kin {
    private static final int SLOTS = 512;

    /** An exec is told before it happens: this long after, it has, or never will. */
    private static final long SETTLED_NS = 1_000_000_000;

    private record Known(Task task, Image image, long layout, Text exe) {}

    private final ProcessTable table;
    private final ProcReader reader;
    private final @Nullable Known[] slots = new Known[SLOTS];

    Kin(ProcessTable table, ProcReader reader) {
        this.table = table;
        this.reader = reader;
    }

    @Override
    public @Nullable Task forker(long pid, long layout, Text exe, long bornNs) {
        Task known = table.get(pid);
        if (known == null || layout == 0 || exe.isEmpty()) {
            return null;
        }
        Task parent = known.leader();
        Image image = parent.image();
        long age = bornNs - image.execTimeNs();
        // Born about when its parent executed something: before or after is not known.
        if (parent.pid() != pid || Image.UNKNOWN.equals(image) || age < 2 * StartTime.TICK_NS) {
            return null;
        }
        Known of = known(parent, image, age >= SETTLED_NS);
        return of.layout() == layout && of.exe().equals(exe) ? parent : null;
    }

    @SuppressWarnings("ReferenceEquality") // each exec makes an image of its own
    private Known known(Task parent, Image image, boolean settled) {
        int slot = (int) parent.pid() & (SLOTS - 1);
        Known known = slots[slot];
        if (known != null && known.task() == parent && known.image() == image) {
            return known;
        }
        Known read =
                new Known(parent, image, reader.layout(parent.pid()), reader.exe(parent.pid()));
        if (settled) {
            slots[slot] = read;
        }
        return read;
    }
}
