// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.host.procfs.TtyName;
import dev.torimono.model.Accounts;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.util.ArrayList;
import java.util.List;

/** Writes down a process and its ancestors, for an alert that outlives them. */
public final class Lineage {
    /** More than this is a fork bomb; the alert has to stay readable and bounded. */
    private static final int MOST = 512;

    private final Accounts accounts;
    private final long bootEpochNs;

    public Lineage(Accounts accounts, long bootEpochNs) {
        this.accounts = accounts;
        this.bootEpochNs = bootEpochNs;
    }

    /** The process first, then every ancestor to the root. */
    public List<Ancestor> of(Task task) {
        List<Ancestor> lineage = new ArrayList<>();
        Task at = task.leader();
        while (at != null && lineage.size() < MOST) {
            // Made once a task: alerts that wait are thousands, and their ancestors the same.
            String cmdline = at.commandLine().toString();
            lineage.add(one(at, at.comm(), at.image(), cmdline));
            Task parent = at.parent();
            at = parent == null ? null : parent.leader();
        }
        return lineage;
    }

    /**
     * One process alone.
     *
     * @param comm its name at the time that is meant
     * @param image what it executed then
     */
    public Ancestor one(Task task, Text comm, Image image) {
        return one(task, comm, image, Text.join(comm, image.args()).toString());
    }

    private Ancestor one(Task task, Text comm, Image image, String cmdline) {
        Container container = task.container();
        long uid = task.credentials().uid();
        User user = accounts.user(container, uid);
        return new Ancestor(
                task.pid(),
                startEpochNs(task),
                comm.toString(),
                image.path().toString(),
                cmdline,
                uid,
                user == null ? "" : user.name().toString(),
                TtyName.of(task.tty()),
                container == null ? "host" : container.id(),
                task.startNs(),
                task.vpid());
    }

    private long startEpochNs(Task task) {
        if (task.cloneTimeNs() != 0) {
            return task.cloneTimeNs();
        }
        return task.startNs() == 0 ? 0 : bootEpochNs + task.startNs();
    }
}
