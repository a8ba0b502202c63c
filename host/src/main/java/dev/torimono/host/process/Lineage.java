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
import java.util.IdentityHashMap;
import java.util.List;

/** Writes down a process and its ancestors, for an alert that outlives them. */
public final class Lineage {
    /** More than this is a fork bomb; the alert has to stay readable and bounded. */
    private static final int MOST = 512;

    /** Of so many images the command line is kept. */
    private static final int KEPT = 256;

    /**
     * Command lines of ancestors. Alerts that wait for a slow output are thousands, and their
     * ancestors mostly the same, with command lines of kilobytes: each is there once. Two images of
     * the same bytes are two entries, since to compare them would cost more.
     */
    private final IdentityHashMap<Image, CommandLine> commandLines = new IdentityHashMap<>();

    private record CommandLine(Text comm, String text) {}

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
            // The process itself has mostly just begun, and is told of once.
            String cmdline =
                    lineage.isEmpty()
                            ? cmdline(at.comm(), at.image())
                            : kept(at.comm(), at.image());
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
        return one(task, comm, image, cmdline(comm, image));
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

    private String kept(Text comm, Image image) {
        CommandLine known = commandLines.get(image);
        if (known != null && known.comm.equals(comm)) {
            return known.text;
        }
        if (commandLines.size() >= KEPT) {
            commandLines.clear();
        }
        String text = cmdline(comm, image);
        commandLines.put(image, new CommandLine(comm, text));
        return text;
    }

    /** Falco's proc.cmdline: the name, then the arguments, joined by blanks. */
    private static String cmdline(Text comm, Image image) {
        StringBuilder text = new StringBuilder(comm.toString());
        for (Text argument : image.args()) {
            text.append(' ').append(argument);
        }
        return text.toString();
    }
}
