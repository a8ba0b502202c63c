// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Credentials;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import org.jspecify.annotations.Nullable;

/** What calls change in a task itself: where it works, who it acts as, what it may use. */
final class TaskEffects {
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int PR_GET_CHILD_SUBREAPER = 37;
    private static final int PR_SET_NAME = 15;
    private static final EventType PRCTL = EventType.symbol("SYSCALL_PRCTL_X");
    private static final int RLIMIT_NOFILE = 7;

    /** Every capability that exists: numbers 0 to 40. */
    private static final long ALL_CAPABILITIES = (1L << 41) - 1;

    private static final Task.Usage NO_USAGE = new Task.Usage(0, 0, 0, 0, 0, 0, 0);

    private final Tasks tasks;
    private final PathJoin join;

    TaskEffects(Tasks tasks, PathJoin join) {
        this.tasks = tasks;
        this.join = join;
    }

    void chdir(Occurrence o) {
        if (o.result() >= 0) {
            Event event = o.event();
            int length = event.textLength(1, 0);
            event.copy(1, 0, join.room(length), 0, length);
            move(o.task(), length);
        }
    }

    void fchdir(Occurrence o) {
        Fd fd = o.fd();
        if (o.result() >= 0 && fd != null) {
            int length = fd.nameLength();
            System.arraycopy(fd.name(), 0, join.room(length), 0, length);
            move(o.task(), length);
        }
    }

    private void move(@Nullable CapturedTask task, int pathLength) {
        CapturedTask main = task == null ? null : task.main();
        if (task != null && main != null) {
            Text cwd = main.task().cwd();
            join.join(cwd.array(), cwd.length(), pathLength);
            task.changeDirectory(join.directory());
        }
    }

    void chroot(Occurrence o) {
        CapturedTask task = o.task();
        if (task != null && o.result() == 0) {
            Event event = o.event();
            Text cwd = task.task().cwd();
            int length = event.textLength(1, 0);
            event.copy(1, 0, join.room(length), 0, length);
            task.task().root(join.join(cwd.array(), cwd.length(), length).text());
        }
    }

    /** Takes the effective user id of a successful call. */
    void user(Occurrence o, int param) {
        CapturedTask task = o.task();
        if (task != null && o.result() == 0 && o.event().has(param)) {
            Credentials c = task.task().credentials();
            long uid = o.event().number(param);
            task.task()
                    .credentials(
                            new Credentials(
                                    uid,
                                    c.gid(),
                                    c.loginUid(),
                                    c.capInheritable(),
                                    c.capPermitted(),
                                    c.capEffective()));
        }
    }

    void group(Occurrence o, int param) {
        CapturedTask task = o.task();
        if (task != null && o.result() == 0 && o.event().has(param)) {
            Credentials c = task.task().credentials();
            long gid = o.event().number(param);
            task.task()
                    .credentials(
                            new Credentials(
                                    c.uid(),
                                    gid,
                                    c.loginUid(),
                                    c.capInheritable(),
                                    c.capPermitted(),
                                    c.capEffective()));
        }
    }

    void capset(Occurrence o) {
        CapturedTask task = o.task();
        if (task != null && o.result() >= 0) {
            Event event = o.event();
            capabilities(task, event.number(1), event.number(2), event.number(3));
        }
    }

    /** Who enters a new user namespace can do everything in it. */
    void namespaces(Occurrence o, int flagsParam) {
        CapturedTask task = o.task();
        if (task != null
                && o.result() >= 0
                && (o.event().number(flagsParam) & CloneFlags.NEW_USER) != 0) {
            capabilities(task, ALL_CAPABILITIES, ALL_CAPABILITIES, ALL_CAPABILITIES);
        }
    }

    private static void capabilities(
            CapturedTask task, long inheritable, long permitted, long effective) {
        Credentials c = task.task().credentials();
        task.task()
                .credentials(
                        new Credentials(
                                c.uid(), c.gid(), c.loginUid(), inheritable, permitted, effective));
    }

    void session(Occurrence o) {
        CapturedTask captured = o.task();
        if (captured != null && o.result() >= 0) {
            Task task = captured.task();
            task.session(o.result(), task.pgid(), task.vpgid());
        }
    }

    void prctl(Occurrence o) {
        CapturedTask task = o.task();
        TaskGroup group = task == null ? null : task.group();
        long option = o.event().number(1);
        if (group != null
                && o.result() >= 0
                && (option == PR_SET_CHILD_SUBREAPER || option == PR_GET_CHILD_SUBREAPER)) {
            group.reaper(o.event().number(3) != 0);
        }
    }

    /** A task gives itself another name; only our own captures are sure to tell each time. */
    static void rename(Event event, @Nullable Task task) {
        boolean renames =
                event.type() == PRCTL && event.number(0) == 0 && event.number(1) == PR_SET_NAME;
        if (task != null && renames && event.has(2)) {
            task.comm(event.text(2));
        }
    }

    void limit(Occurrence o) {
        CapturedTask task = o.task();
        Event event = o.event();
        if (task != null && o.result() >= 0 && event.number(3) == RLIMIT_NOFILE) {
            fdLimit(task, event.number(1));
        }
    }

    void limitOf(Occurrence o) {
        Event event = o.event();
        if (o.result() != 0 || !event.has(5) || event.number(6) != RLIMIT_NOFILE) {
            return;
        }
        long current = event.number(1);
        if (current == -1) {
            return;
        }
        long tid = event.number(5);
        CapturedTask task = tasks.findOrPlaceholder(tid == 0 ? event.tid() : tid);
        if (task != null && !task.isPlaceholder()) {
            fdLimit(task, current);
        }
    }

    private static void fdLimit(CapturedTask task, long limit) {
        CapturedTask main = task.main();
        if (limit == -1 || main == null) {
            return;
        }
        Task.Usage u = usage(main.task());
        if (u.fdLimit() != limit) {
            main.task()
                    .usage(
                            new Task.Usage(
                                    limit,
                                    u.openFds(),
                                    u.vmSizeKb(),
                                    u.vmRssKb(),
                                    u.vmSwapKb(),
                                    u.majorFaults(),
                                    u.minorFaults()));
        }
    }

    /** A task gives up its CPU: its own page faults, its process's memory. */
    void switched(Occurrence o) {
        CapturedTask captured = o.task();
        Event event = o.event();
        if (captured == null || !event.has(5)) {
            return;
        }
        Task.Usage own = usage(captured.task());
        long major = event.number(1);
        long minor = event.number(2);
        if (own.majorFaults() != major || own.minorFaults() != minor) {
            captured.task()
                    .usage(
                            new Task.Usage(
                                    own.fdLimit(),
                                    own.openFds(),
                                    own.vmSizeKb(),
                                    own.vmRssKb(),
                                    own.vmSwapKb(),
                                    major,
                                    minor));
        }
        CapturedTask main = captured.main();
        if (main != null) {
            memory(main.task(), event.number(3), event.number(4), event.number(5));
        }
    }

    void memory(Occurrence o) {
        CapturedTask captured = o.task();
        Event event = o.event();
        if (captured != null && event.has(1)) {
            Task.Usage u = usage(captured.task());
            boolean all = event.has(3);
            memory(
                    captured.task(),
                    event.number(1),
                    all ? event.number(2) : u.vmRssKb(),
                    all ? event.number(3) : u.vmSwapKb());
        }
    }

    private static void memory(Task task, long sizeKb, long rssKb, long swapKb) {
        Task.Usage u = usage(task);
        if (u.vmSizeKb() != sizeKb || u.vmRssKb() != rssKb || u.vmSwapKb() != swapKb) {
            task.usage(
                    new Task.Usage(
                            u.fdLimit(),
                            u.openFds(),
                            sizeKb,
                            rssKb,
                            swapKb,
                            u.majorFaults(),
                            u.minorFaults()));
        }
    }

    private static Task.Usage usage(Task task) {
        Task.Usage usage = task.usage();
        return usage == null ? NO_USAGE : usage;
    }
}
