// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.host.procfs.TtyName;
import dev.torimono.model.Accounts;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
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
            lineage.add(ancestor(at));
            Task parent = at.parent();
            at = parent == null ? null : parent.leader();
        }
        return lineage;
    }

    private Ancestor ancestor(Task task) {
        Container container = task.container();
        long uid = task.credentials().uid();
        User user = accounts.user(container, uid);
        return new Ancestor(
                task.pid(),
                startEpochNs(task),
                task.comm().toString(),
                task.image().path().toString(),
                cmdline(task),
                uid,
                user == null ? "" : user.name().toString(),
                TtyName.of(task.tty()),
                container == null ? "host" : container.id());
    }

    private long startEpochNs(Task task) {
        if (task.cloneTimeNs() != 0) {
            return task.cloneTimeNs();
        }
        return task.startNs() == 0 ? 0 : bootEpochNs + task.startNs();
    }

    /** Falco's proc.cmdline: the name, then the arguments, joined by blanks. */
    static String cmdline(Task task) {
        StringBuilder text = new StringBuilder(task.comm().toString());
        for (Text argument : task.image().args()) {
            text.append(' ').append(argument);
        }
        return text.toString();
    }
}
