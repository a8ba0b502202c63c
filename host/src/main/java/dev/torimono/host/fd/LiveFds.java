// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.fd;

import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.FdTable;
import dev.torimono.model.Task;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The fds of a living task: the first three from the exec record that tells them, others by their
 * links in /proc; read only when a rule asks, once per event and fd. One owner thread.
 */
public final class LiveFds implements FdTable {
    /** Standard input, output and error are asked for together; others one at a time. */
    private static final int KEPT = 4;

    private static final int OTHER = 3;

    private final Path procRoot;
    private final SocketTables sockets;
    private final Fd[] fds = new Fd[KEPT];
    private final boolean[] open = new boolean[KEPT];
    private final long[] numbers = {-1, -1, -1, -1};
    private final StdioReader stdio = new StdioReader();
    private @Nullable Event event;
    private @Nullable Task read;

    public LiveFds(Path procRoot) {
        this.procRoot = procRoot;
        sockets = new SocketTables(procRoot);
        for (int i = 0; i < KEPT; i++) {
            fds[i] = new Fd();
        }
    }

    /** Another event begins: what was read may no longer be true. */
    public void begin(Event of) {
        event = of;
        read = null;
    }

    @Override
    public @Nullable Fd fd(Task task, long number) {
        if (!task.equals(read)) {
            read = task;
            java.util.Arrays.fill(numbers, -1);
        }
        int slot = number >= 0 && number < OTHER ? (int) number : OTHER;
        if (numbers[slot] != number) {
            numbers[slot] = number;
            open[slot] = number >= 0 && read(fds[slot].clear(number), task);
        }
        return open[slot] ? fds[slot] : null;
    }

    @Override
    public int openCount(Task task) {
        int count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder(task))) {
            for (Path entry : entries) {
                count += entry.getNameCount() > 0 ? 1 : 0;
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException gone) {
            return 0;
        }
        return count;
    }

    private boolean read(Fd fd, Task task) {
        Event now = event;
        if (now != null && now.tid() == task.tid() && fd.number() < OTHER && stdio.has(now)) {
            return stdio.read(fd, now, (int) fd.number());
        }
        return readLink(fd, task);
    }

    private boolean readLink(Fd fd, Task task) {
        Path link = folder(task).resolve(Long.toString(fd.number()));
        String target;
        try {
            target = Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return false;
        }
        describe(fd, link, target, task);
        return true;
    }

    private void describe(Fd fd, Path link, String target, Task task) {
        FdLink.describe(fd, link, target);
        if (target.startsWith("socket:[")) {
            sockets.describe(fd, task.pid(), fd.inode());
        }
    }

    private Path folder(Task task) {
        return procRoot.resolve(Long.toString(task.tid())).resolve("fd");
    }
}
