// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Credentials;
import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads process list blocks, versions 1 to 9. One entry is one thread. */
final class TaskList {
    private static final int MAX_TEXT = 1024;
    private static final int MAX_TEXTS = 4096;

    /** Length of a tail written before libs 0.10: it begins with the login uid. */
    private static final int OLD_TAIL_BYTES = 4 + 1 + 8 + 8 + 8;

    private final Cursor in;
    private final int version;

    private TaskList(Cursor in, int version) {
        this.in = in;
        this.version = version;
    }

    static void read(Cursor in, int version, Consumer<Task> tasks) {
        TaskList list = new TaskList(in, version);
        while (in.remaining() >= 4) {
            tasks.accept(list.entry());
        }
    }

    private Task entry() {
        int start = in.position();
        long length = version >= 9 ? in.u32() : 0;
        long tid = in.u64();
        long pid = in.u64();
        Task task = new Task(tid, pid).parent(in.u64(), null);
        long sid = version >= 6 ? in.u64() : -1;
        long vpgid = version >= 8 ? in.u64() : -1;
        task.comm(in.text(MAX_TEXT));
        Text exe = in.text(MAX_TEXT);
        Text path = version >= 7 ? in.text(MAX_TEXT) : Text.EMPTY;
        List<Text> args = in.texts(MAX_TEXTS);
        task.cwd(in.text(MAX_TEXT));
        long fdLimit = in.u64();
        task.flags(in.i32());
        long uid = in.u32();
        long gid = in.u32();
        task.usage(usage(fdLimit));
        List<Text> env = version >= 3 ? in.texts(MAX_TEXTS) : new ArrayList<>();
        if (version >= 4) {
            task.virtualIds(in.u64(), in.u64());
            task.cgroup(in.text(MAX_TEXTS));
        }
        if (version >= 5) {
            task.root(in.text(MAX_TEXT));
        }
        Tail tail = new Tail();
        if (version >= 9) {
            long end = start + length;
            if (length > 0) {
                tail.read(in, end);
                in.moveTo(end);
            }
        }
        return tail.complete(task, sid, vpgid, uid, gid, exe, path, args, env);
    }

    private Task.Usage usage(long fdLimit) {
        if (version < 2) {
            return new Task.Usage(fdLimit, 0, 0, 0, 0, 0, 0);
        }
        long size = in.u32();
        long rss = in.u32();
        long swap = in.u32();
        return new Task.Usage(fdLimit, 0, size, rss, swap, in.u64(), in.u64());
    }

    /** The fields that version 9 appends; each is there only if the entry is long enough. */
    private static final class Tail {
        private long namespaceStart;
        private int tty;
        private long loginUid = Credentials.UNSET;
        private boolean writable;
        private long inheritable;
        private long permitted;
        private long effective;
        private boolean upper;
        private long inode;
        private long ctime;
        private long mtime;
        private boolean memfd;
        private boolean lower;
        private long pgid = -1;

        void read(Cursor in, long end) {
            if (end - in.position() > OLD_TAIL_BYTES) {
                namespaceStart = number(in, end, 8, 0);
                tty = (int) number(in, end, 4, 0);
            }
            loginUid = number(in, end, 4, Credentials.UNSET);
            writable = number(in, end, 1, 0) != 0;
            inheritable = number(in, end, 8, 0);
            permitted = number(in, end, 8, 0);
            effective = number(in, end, 8, 0);
            upper = number(in, end, 1, 0) != 0;
            inode = number(in, end, 8, 0);
            ctime = number(in, end, 8, 0);
            mtime = number(in, end, 8, 0);
            memfd = number(in, end, 1, 0) != 0;
            lower = number(in, end, 1, 0) != 0;
            pgid = number(in, end, 8, -1);
        }

        private static long number(Cursor in, long end, int width, long absent) {
            if (end - in.position() < width) {
                return absent;
            }
            return switch (width) {
                case 1 -> in.u8();
                case 4 -> in.u32();
                default -> in.u64();
            };
        }

        Task complete(
                Task task,
                long sid,
                long vpgid,
                long uid,
                long gid,
                Text exe,
                Text path,
                List<Text> args,
                List<Text> env) {
            return task.session(sid, pgid, vpgid)
                    .tty(tty)
                    .pidNamespaceStartNs(namespaceStart)
                    .credentials(
                            new Credentials(uid, gid, loginUid, inheritable, permitted, effective))
                    .image(
                            new Image(
                                    exe, path, args, env, 0, inode, 0, ctime, mtime, writable,
                                    upper, lower, memfd));
        }
    }
}
