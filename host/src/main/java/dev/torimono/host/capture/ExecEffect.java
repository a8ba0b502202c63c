// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Credentials;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.List;

/** A task that executes something else. */
final class ExecEffect {
    private static final int EXE = 1;
    private static final int ARGS = 2;
    private static final int PID = 4;
    private static final int PARENT = 5;
    private static final int COMM = 13;
    private static final int CGROUPS = 14;
    private static final int ENV = 15;
    private static final int TTY = 16;
    private static final int VPGID = 17;
    private static final int LOGIN_UID = 18;
    private static final int FLAGS = 19;
    private static final int CAP_INHERITABLE = 20;
    private static final int CAP_PERMITTED = 21;
    private static final int CAP_EFFECTIVE = 22;
    private static final int INODE = 23;
    private static final int CTIME = 24;
    private static final int MTIME = 25;
    private static final int UID = 26;
    private static final int PATH = 27;
    private static final int PGID = 28;
    private static final int GID = 29;

    private static final int WRITABLE = 1;
    private static final int UPPER_LAYER = 2;
    private static final int MEMFD = 4;
    private static final int LOWER_LAYER = 8;
    private static final int AT_EMPTY_PATH = 1;
    private static final int AT_FDCWD = -100;
    private static final EventType EXECVEAT_ENTER = EventType.symbol("SYSCALL_EXECVEAT_E");
    private static final int KEPT =
            CloneFlags.PIPE_SOURCE
                    | CloneFlags.PIPE_DESTINATION
                    | CloneFlags.MAIN_THREAD
                    | CloneFlags.INVERTED;

    private final Tasks tasks;
    private final Params params;
    private final Placing placing;
    private final PathJoin join;

    ExecEffect(Tasks tasks, Params params, Placing placing, PathJoin join) {
        this.tasks = tasks;
        this.params = params;
        this.placing = placing;
        this.join = join;
    }

    void apply(Occurrence o) {
        CapturedTask captured = o.task();
        if (captured == null || o.result() < 0) {
            return;
        }
        Event event = o.event();
        resurrect(captured);
        if (captured.isPlaceholder()) {
            captured.identify(event.number(PID), event.number(PARENT));
            if (!captured.has(CloneFlags.CHILD_IN_PID_NAMESPACE)) {
                Task task = captured.task();
                task.virtualIds(task.tid(), task.pid());
            }
            tasks.link(captured);
        }
        Task task = captured.task();
        Image image = image(o, captured, task.image());
        task.image(image);
        task.comm(event.has(COMM) ? params.text(event, COMM, task.comm()) : image.exe());
        task.usage(CloneEffect.usage(event));
        if (event.has(CGROUPS)) {
            Text cgroups = params.bytes(event, CGROUPS, task.cgroup());
            if (!cgroups.equals(task.cgroup())) {
                task.cgroup(cgroups).container(placing.container(cgroups));
            }
        }
        if (event.has(TTY)) {
            task.tty((int) event.number(TTY));
        }
        task.session(
                task.sid(),
                event.has(PGID) ? event.number(PGID) : -1,
                event.has(VPGID) ? event.number(VPGID) : task.vpgid());
        task.credentials(credentials(event, task.credentials()));
        task.flags((task.flags() & KEPT) | CloneFlags.ACTIVE | CloneFlags.NAME_CHANGED);
        closeOnExec(captured);
        endOtherThreads(captured);
    }

    private static void closeOnExec(CapturedTask captured) {
        FdMap fds = captured.fds();
        if (fds != null) {
            fds.closeFlagged(OpenFlags.CLOEXEC);
        }
    }

    /** The main thread may have ended before another thread executed in its place. */
    private static void resurrect(CapturedTask captured) {
        if (captured.has(CloneFlags.DEAD)) {
            captured.task().flags(captured.task().flags() & ~CloneFlags.DEAD);
            TaskGroup group = captured.group();
            if (group != null) {
                group.living(group.living() + 1);
            }
        }
    }

    private void endOtherThreads(CapturedTask captured) {
        TaskGroup group = captured.group();
        if (group == null || group.living() <= 1) {
            return;
        }
        for (CapturedTask thread : new ArrayList<>(group.threads())) {
            if (!thread.isMain() && thread != captured) {
                tasks.remove(thread.task().tid());
            }
        }
    }

    private Image image(Occurrence o, CapturedTask captured, Image before) {
        Event event = o.event();
        List<Text> env =
                event.has(ENV) ? params.environment(event, ENV, before.env()) : before.env();
        boolean flagged = event.has(FLAGS);
        int flags = (int) event.number(FLAGS);
        boolean file = event.has(MTIME);
        return new Image(
                params.text(event, EXE, before.exe()),
                event.has(PATH)
                        ? params.text(event, PATH, before.path())
                        : reconstructed(o, captured, before.path()),
                params.texts(event, ARGS, before.args()),
                env,
                event.timestampNs(),
                file ? event.number(INODE) : before.inode(),
                before.device(),
                file ? event.number(CTIME) : before.ctimeNs(),
                file ? event.number(MTIME) : before.mtimeNs(),
                flagged ? (flags & WRITABLE) != 0 : before.writable(),
                flagged ? (flags & UPPER_LAYER) != 0 : before.upperLayer(),
                flagged ? (flags & LOWER_LAYER) != 0 : before.lowerLayer(),
                flagged ? (flags & MEMFD) != 0 : before.memfd());
    }

    /** Old captures have no path of the executable: it follows from what the call was given. */
    private Text reconstructed(Occurrence o, CapturedTask captured, Text before) {
        Event enter = o.enter();
        if (enter == null) {
            return before;
        }
        if (enter.type() != EXECVEAT_ENTER) {
            Text name = enter.text(0);
            return name.equals(CapturedTask.UNKNOWN)
                    ? name
                    : joined(captured.task().cwd().array(), captured.task().cwd().length(), name);
        }
        Text name = enter.text(1);
        boolean emptyPath = (enter.number(2) & AT_EMPTY_PATH) != 0;
        boolean absolute = name.length() > 0 && name.at(0) == '/';
        long directoryFd = enter.number(0);
        Fd directory = captured.fd(directoryFd);
        if (!absolute && directoryFd != AT_FDCWD && directory == null) {
            return CapturedTask.UNKNOWN;
        }
        if (!emptyPath && name.equals(CapturedTask.UNKNOWN)) {
            return CapturedTask.UNKNOWN;
        }
        Text path = emptyPath ? Text.EMPTY : name;
        return directoryFd == AT_FDCWD || directory == null
                ? joined(captured.task().cwd().array(), captured.task().cwd().length(), path)
                : joined(directory.name(), directory.nameLength(), path);
    }

    private Text joined(byte[] directory, int length, Text path) {
        System.arraycopy(path.array(), 0, join.room(path.length()), 0, path.length());
        return join.join(directory, length, path.length()).text();
    }

    private static Credentials credentials(Event event, Credentials before) {
        boolean caps = event.has(CAP_EFFECTIVE);
        Credentials after =
                new Credentials(
                        event.has(UID) ? event.number(UID) : before.uid(),
                        event.has(GID) ? event.number(GID) : before.gid(),
                        event.has(LOGIN_UID) ? event.number(LOGIN_UID) : before.loginUid(),
                        caps ? event.number(CAP_INHERITABLE) : before.capInheritable(),
                        caps ? event.number(CAP_PERMITTED) : before.capPermitted(),
                        caps ? event.number(CAP_EFFECTIVE) : before.capEffective());
        return after.equals(before) ? before : after;
    }
}
