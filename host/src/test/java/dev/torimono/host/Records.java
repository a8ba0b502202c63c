// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records as the kernel sensor writes them. */
public final class Records {
    public static final EventType EXECVE = EventType.symbol("SYSCALL_EXECVE_19_X");
    public static final EventType CLONE = EventType.symbol("SYSCALL_CLONE_20_X");
    public static final EventType EXIT = EventType.symbol("PROCEXIT_1_E");
    public static final EventType OPENAT = EventType.symbol("SYSCALL_OPENAT_2_X");

    private static final int CGROUP_ID = 77;
    private long now = 1_700_000_000_000_000_000L;

    public Event fork(long pid, long startNs, long parent, long parentStartNs) {
        return clone(pid, pid, startNs, parent, parentStartNs);
    }

    public Event thread(long tid, long pid, long startNs, long parent) {
        return clone(tid, pid, startNs, parent, 0);
    }

    private Event clone(long tid, long pid, long startNs, long parent, long parentStartNs) {
        return at(CLONE, tid)
                .number("res", 0)
                .number("tid", tid)
                .number("pid", pid)
                .number("ptid", parent)
                .extension(Extension.CONTEXT, context(pid, startNs, CGROUP_ID, 0))
                .extension(Extension.DETAIL, forkDetail(startNs, parentStartNs))
                .event();
    }

    public Event exec(long pid, long startNs, long parent, String path, String... args) {
        return execIn("/", CGROUP_ID, pid, startNs, parent, path, args).event();
    }

    /** An exec whose parameters may still be changed. */
    public EventBuilder execIn(
            String cgroup,
            long cgroupId,
            long pid,
            long startNs,
            long parent,
            String path,
            String... args) {
        return at(EXECVE, pid)
                .number("res", 0)
                .text("exe", path)
                .texts("args", List.of(args))
                .number("tid", pid)
                .number("pid", pid)
                .number("ptid", parent)
                .text("cwd", "/")
                .text("comm", path.substring(path.lastIndexOf('/') + 1))
                .number("uid", 0)
                .number("gid", 0)
                .text("trusted_exepath", path)
                .extension(Extension.CONTEXT, context(pid, startNs, cgroupId, 0))
                .extension(Extension.DETAIL, detail(startNs, 0, cgroup));
    }

    public Event exit(long tid, long pid, long startNs) {
        return at(EXIT, tid)
                .number("status", 0)
                .extension(Extension.CONTEXT, context(pid, startNs, 0, 0))
                .event();
    }

    public Event open(long tid, long pid, long startNs, String path) {
        return openIn(tid, context(pid, startNs, 0, 0), 3, path);
    }

    public Event openIn(long tid, byte[] context, long fd, String path) {
        return at(OPENAT, tid)
                .number("fd", fd)
                .text("name", path)
                .extension(Extension.CONTEXT, context)
                .extension(Extension.OBJECT, object(FdKind.FILE_V2, text(path)))
                .event();
    }

    public EventBuilder at(EventType type, long tid) {
        now += 1000;
        return new EventBuilder(type, now, tid);
    }

    public static byte[] context(long tgid, long startNs, long cgroupId, int uid) {
        return buffer(Extension.CONTEXT_BYTES)
                .putInt((int) tgid)
                .putInt(0)
                .putLong(startNs)
                .putLong(cgroupId)
                .putInt(0)
                .putInt(uid)
                .array();
    }

    public static byte[] object(FdKind kind, byte[] name) {
        return buffer(Extension.OBJECT_HEADER_BYTES + name.length)
                .put((byte) kind.code())
                .put((byte) 2)
                .put((byte) 1)
                .put((byte) 0)
                .putInt(1)
                .putLong(4242)
                .putInt(8 << 20 | 1)
                .putInt(1)
                .put(name)
                .array();
    }

    public static byte[] detail(long startNs, long parentStartNs, String cgroup) {
        byte[] path = cgroup.isEmpty() ? new byte[0] : text(cgroup);
        return buffer(Extension.DETAIL_HEADER_BYTES + path.length)
                .putLong(startNs)
                .putLong(parentStartNs)
                .putInt(11)
                .putInt(12)
                .putInt(1)
                .putInt(0)
                .putInt(8 << 20 | 2)
                .putInt(0)
                .put(path)
                .array();
    }

    /** Of a fork whose child stayed with its creator. */
    private static byte[] forkDetail(long startNs, long parentStartNs) {
        return buffer(Extension.DETAIL_HEADER_BYTES)
                .putLong(startNs)
                .putLong(parentStartNs)
                .putInt(11)
                .putInt(12)
                .array();
    }

    public static byte[] text(String value) {
        return (value + '\0').getBytes(StandardCharsets.UTF_8);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
