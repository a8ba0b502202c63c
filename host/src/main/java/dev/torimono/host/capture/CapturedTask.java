// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Credentials;
import dev.torimono.model.Fd;
import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task with what only a replay must keep: its fds, its group, its children, its last call. */
final class CapturedTask {
    static final Text UNKNOWN = Text.of("<NA>");

    private static final Text NO_DIRECTORY = Text.of("./");

    private final FdMap fds;
    private final List<CapturedTask> children = new ArrayList<>(0);
    private Task task;
    private @Nullable TaskGroup group;
    private long reaperTid = -1;

    /** Type of the last event; when it was an enter event its exit event may use its parameters. */
    private int lastType = -1;

    private long lastFd = -1;
    private byte @Nullable [] enterRecord;

    CapturedTask(Task task, FdPool pool) {
        this.task = task;
        this.fds = new FdMap(pool);
    }

    /** A task that did something before anything told who it is. */
    static CapturedTask placeholder(long tid, FdPool pool) {
        Image image =
                new Image(
                        UNKNOWN,
                        Text.EMPTY,
                        List.of(),
                        List.of(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        false,
                        false,
                        false,
                        false);
        Task task =
                new Task(tid, -1)
                        .parent(-1, null)
                        .comm(UNKNOWN)
                        .image(image)
                        .cwd(NO_DIRECTORY)
                        .flags(CloneFlags.NAME_CHANGED)
                        .threads(0)
                        .credentials(Credentials.UNKNOWN);
        return new CapturedTask(task, pool);
    }

    Task task() {
        return task;
    }

    /** A placeholder learned its process: becomes another task of the same id. */
    void identify(long pid, long parentTid) {
        Task before = task;
        task =
                new Task(before.tid(), pid)
                        .parent(parentTid, null)
                        .comm(before.comm())
                        .image(before.image())
                        .cwd(pid == before.tid() ? Text.EMPTY : NO_DIRECTORY)
                        .flags(before.flags())
                        .credentials(before.credentials())
                        .virtualIds(before.vtid(), before.vpid())
                        .session(before.sid(), before.pgid(), before.vpgid())
                        .container(before.container())
                        .usage(before.usage());
    }

    /** Nothing is known of it but its id. */
    boolean isPlaceholder() {
        return task.tid() < 0 || task.pid() < 0 || task.parentTid() < 0;
    }

    boolean isMain() {
        return task.isLeader() || has(CloneFlags.MAIN_THREAD);
    }

    boolean has(int flag) {
        return (task.flags() & flag) != 0;
    }

    void flag(int flag) {
        task.flags(task.flags() | flag);
    }

    boolean inPidNamespace() {
        return has(CloneFlags.CHILD_IN_PID_NAMESPACE)
                || (task.tid() != task.vtid() && task.vtid() >= 0);
    }

    @Nullable TaskGroup group() {
        return group;
    }

    void group(TaskGroup value) {
        group = value;
    }

    /** The main thread; null when it is not known. */
    @Nullable CapturedTask main() {
        if (isMain()) {
            return this;
        }
        TaskGroup g = group;
        return g == null ? null : g.main();
    }

    List<CapturedTask> children() {
        return children;
    }

    void addChild(CapturedTask child) {
        children.add(child);
        child.task.parent(task.tid(), task);
        countChildren();
    }

    void removeChild(CapturedTask child) {
        children.remove(child);
        countChildren();
    }

    void countChildren() {
        task.children(children.size());
    }

    long reaperTid() {
        return reaperTid;
    }

    void reaperTid(long value) {
        reaperTid = value;
    }

    /** The table that its calls use: a thread shares its main thread's. */
    @Nullable FdMap fds() {
        if (!has(CloneFlags.FILES)) {
            return fds;
        }
        CapturedTask main = main();
        return main == null ? null : main.fds;
    }

    FdMap ownFds() {
        return fds;
    }

    @Nullable Fd fd(long number) {
        if (number < 0) {
            return null;
        }
        FdMap map = fds();
        return map == null ? null : map.get(number);
    }

    int lastType() {
        return lastType;
    }

    void lastType(int type) {
        lastType = type;
    }

    /** The fd that its last event concerned; -1 none. */
    long lastFd() {
        return lastFd;
    }

    void lastFd(long number) {
        lastFd = number;
    }

    byte @Nullable [] enterRecord() {
        return enterRecord;
    }

    void enterRecord(byte @Nullable [] record) {
        enterRecord = record;
    }

    /** All its process's threads move. */
    void changeDirectory(Text directory) {
        TaskGroup g = group;
        if (g == null) {
            task.cwd(directory);
            return;
        }
        for (CapturedTask thread : g.threads()) {
            thread.task.cwd(directory);
        }
    }
}
