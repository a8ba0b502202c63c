// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Image;
import dev.torimono.model.Snapshot;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns a snapshot into state: tasks linked, sockets named, servers told from clients. */
final class Beginning {
    private static final int L4_TCP = 2;

    private final Tasks tasks;
    private final SocketName names;
    private final PathJoin join;
    private final Placing placing;

    Beginning(Tasks tasks, SocketName names, PathJoin join, Placing placing) {
        this.tasks = tasks;
        this.names = names;
        this.join = join;
        this.placing = placing;
    }

    void load(Snapshot snapshot, Interfaces interfaces) {
        tasks.clear();
        Set<Integer> serverPorts = new HashSet<>();
        List<Fd> connections = new ArrayList<>();
        for (Task told : snapshot.tasks()) {
            CapturedTask task = new CapturedTask(copy(told), tasks.pool());
            for (Fd fd : snapshot.fds().getOrDefault(told.tid(), List.of())) {
                Fd added = task.ownFds().adopt(fd);
                if (added != null && added.kind().isSocket()) {
                    socket(added, interfaces, serverPorts, connections);
                }
            }
            tasks.addUnlinked(task);
        }
        for (Fd fd : connections) {
            direct(fd, serverPorts);
        }
        tasks.linkAll();
    }

    private Task copy(Task told) {
        Text cwd = told.cwd();
        System.arraycopy(cwd.array(), 0, join.room(cwd.length()), 0, cwd.length());
        join.join(new byte[0], 0, cwd.length());
        Image image = told.image();
        return new Task(told.tid(), told.pid())
                .parent(told.parentTid(), null)
                .virtualIds(told.vtid(), told.vpid())
                .session(told.sid(), told.pgid(), told.vpgid())
                .tty(told.tty())
                .flags(told.flags() | CloneFlags.ACTIVE | CloneFlags.NAME_CHANGED)
                .comm(told.comm())
                .cwd(join.directory())
                .root(told.root())
                .cgroup(told.cgroup())
                .container(placing.container(told.cgroup()))
                .image(image)
                .credentials(told.credentials())
                .pidNamespaceStartNs(told.pidNamespaceStartNs())
                .usage(told.usage());
    }

    private void socket(
            Fd fd, Interfaces interfaces, Set<Integer> serverPorts, List<Fd> connections) {
        FdKind kind = fd.kind();
        if (kind == FdKind.UNIX_SOCK) {
            fd.role(fd.nameLength() == 0 ? Fd.Role.CLIENT : Fd.Role.SERVER);
        } else if (kind == FdKind.IPV4_SERVSOCK || kind == FdKind.IPV6_SERVSOCK) {
            serverPorts.add(fd.destinationPort());
            fd.role(Fd.Role.UNKNOWN);
            names.name(fd);
        } else if (kind.isInet()) {
            unmap(fd);
            fd.connected(fd.l4proto() == L4_TCP);
            if (fd.kind() == FdKind.IPV4_SOCK) {
                interfaces.complete(fd);
                connections.add(fd);
            }
            names.name(fd);
        }
    }

    private static void unmap(Fd fd) {
        if (fd.kind() == FdKind.IPV6_SOCK
                && SocketTuples.mapped(fd.sourceAddress())
                && SocketTuples.mapped(fd.destinationAddress())) {
            byte[] source = fd.sourceAddress().clone();
            byte[] destination = fd.destinationAddress().clone();
            SocketTuples.unmap(source);
            SocketTuples.unmap(destination);
            fd.kind(FdKind.IPV4_SOCK)
                    .tuple(source, fd.sourcePort(), destination, fd.destinationPort());
        }
    }

    /** The list has the near end first; a name has the client first. */
    private void direct(Fd fd, Set<Integer> serverPorts) {
        if (serverPorts.contains(fd.sourcePort())) {
            SocketEffects.swap(fd);
            names.name(fd);
            fd.role(Fd.Role.SERVER);
        } else {
            fd.role(Fd.Role.CLIENT);
        }
    }
}
