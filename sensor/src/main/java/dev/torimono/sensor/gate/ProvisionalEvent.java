// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The record of an exec that has not happened: what the kernel would tell, as far as it can be
 * known while the caller is held. Absent: the environment, memory figures, and what the task table
 * keeps itself (login user, session).
 */
final class ProvisionalEvent {
    private static final EventType EXECVE = EventType.symbol("SYSCALL_EXECVE_19_X");
    private static final EventType EXECVEAT = EventType.symbol("SYSCALL_EXECVEAT_X");
    private static final int COMM_BYTES = 15;
    private static final int EXE_WRITABLE = 1;
    private static final int EXE_UPPER_LAYER = 1 << 1;
    private static final int EXE_FROM_MEMFD = 1 << 2;
    private static final int EXE_LOWER_LAYER = 1 << 3;
    private static final long CAP_DAC_OVERRIDE = 1 << 1;
    private static final int OWNER_WRITES = 0200;
    private static final int ALL_WRITE = 0002;

    private final long epochOffsetNs;
    private long count;

    /**
     * @param epochOffsetNs the epoch minus System.nanoTime's origin
     */
    ProvisionalEvent(long epochOffsetNs) {
        this.epochOffsetNs = epochOffsetNs;
    }

    Event of(long tid, CallerFacts who, HeldFile file, Caller call, Text cgroup, Text directory) {
        EventType type = call.at() ? EXECVEAT : EXECVE;
        List<Text> arguments = call.arguments();
        EventBuilder event = new EventBuilder(type, System.nanoTime() + epochOffsetNs, tid);
        event.number("res", 0);
        event.bytes("exe", terminated(arguments.isEmpty() ? file.path() : arguments.getFirst()));
        event.bytes("args", joined(arguments));
        event.number("tid", tid).number("pid", who.pid()).number("ptid", who.parent());
        event.bytes("cwd", terminated(directory));
        event.bytes("comm", terminated(name(call.filename(), file.path())));
        event.bytes("cgroups", terminated(Text.of("pids=" + cgroup)));
        event.number("tty", who.terminal());
        event.number("vpgid", who.innerGroup()).number("pgid", who.group());
        event.number("flags", flags(file, who));
        event.number("cap_inheritable", who.capInheritable());
        event.number("cap_permitted", who.capPermitted());
        event.number("cap_effective", who.capEffective());
        event.number("exe_ino", file.inode());
        event.number("exe_ino_ctime", file.ctimeNs()).number("exe_ino_mtime", file.mtimeNs());
        event.number("uid", who.effectiveUid()).number("gid", who.effectiveGid());
        event.bytes("trusted_exepath", terminated(file.path()));
        if (type.paramIndex("filename") >= 0) {
            event.bytes("filename", terminated(call.filename()));
        }
        Event whole = event.extension(Extension.CONTEXT, context(who)).event();
        // Numbers start at 1: rules say "never" by evt.num = 0.
        whole.number(++count);
        return whole;
    }

    private static byte[] context(CallerFacts who) {
        ByteBuffer context =
                ByteBuffer.allocate(Extension.CONTEXT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        context.putInt((int) who.pid()).putInt(0).putLong(who.startNs()).putLong(0).putInt(0);
        return context.putInt((int) who.uid()).array();
    }

    private static int flags(HeldFile file, CallerFacts who) {
        int flags = 0;
        boolean writes =
                (who.capEffective() & CAP_DAC_OVERRIDE) != 0
                        || (file.mode() & ALL_WRITE) != 0
                        || (file.uid() == who.effectiveUid() && (file.mode() & OWNER_WRITES) != 0);
        flags |= writes ? EXE_WRITABLE : 0;
        flags |= file.is(Fd.UPPER_LAYER) ? EXE_UPPER_LAYER : 0;
        flags |= file.is(Fd.LOWER_LAYER) ? EXE_LOWER_LAYER : 0;
        flags |= file.is(Fd.MEMFD) ? EXE_FROM_MEMFD : 0;
        return flags;
    }

    /** As the kernel names the task: the last part of what exec was given. */
    private static Text name(Text filename, Text path) {
        byte[] bytes = (filename.isEmpty() ? path : filename).array();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '/') {
                from = i + 1;
            }
        }
        return Text.of(bytes, from, Math.min(bytes.length - from, COMM_BYTES));
    }

    private static byte[] joined(List<Text> arguments) {
        int length = 0;
        for (int i = 1; i < arguments.size(); i++) {
            length += arguments.get(i).length() + 1;
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (int i = 1; i < arguments.size(); i++) {
            joined.put(arguments.get(i).array()).put((byte) 0);
        }
        return joined.array();
    }

    private static byte[] terminated(Text text) {
        return Arrays.copyOf(text.array(), text.length() + 1);
    }
}
