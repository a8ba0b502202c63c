// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import dev.torimono.sensor.gate.CallerFacts;
import dev.torimono.sensor.gate.SmallFiles;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record of an exec that waits, with what the kernel would tell once it has happened. */
final class ExecRecord {
    private static final int EXE_WRITABLE = 1;
    private static final int EXE_UPPER_LAYER = 1 << 1;
    private static final int EXE_FROM_MEMFD = 1 << 2;
    private static final int EXE_LOWER_LAYER = 1 << 3;
    private static final int WRITE = 2;

    private final Caught of;
    private final ExecCall call;
    private final SmallFiles files;
    private final String proc;
    private @Nullable Text cwd;
    private @Nullable Event foreseen;

    ExecRecord(Caught of, ExecCall call, SmallFiles files, String proc) {
        this.of = of;
        this.call = call;
        this.files = files;
        this.proc = proc;
    }

    /** As its judge sees it, made when it is first asked for. */
    Event foreseen() {
        Event known = foreseen;
        if (known == null) {
            known = event(0, 0);
            foreseen = known;
        }
        return known;
    }

    /**
     * The event.
     *
     * @param contextFlags of {@link Extension}
     * @param error 0, or the negative error that it ends with
     */
    Event event(int contextFlags, int error) {
        CallerFacts who = of.who();
        Text cgroup = of.session().cgroupPath();
        HeldFile file = call.chain().isEmpty() ? null : call.chain().getLast();
        List<Text> arguments = call.arguments();
        EventBuilder event = of.begin().number("res", error);
        event.bytes(
                "exe",
                Caught.terminated(arguments.isEmpty() ? call.filename() : arguments.getFirst()));
        event.bytes("args", joined(arguments, 1));
        event.number("tid", of.tid()).number("pid", who.pid()).number("ptid", who.parent());
        event.bytes("cwd", Caught.terminated(cwd()));
        event.bytes("comm", Caught.terminated(comm(error)));
        event.bytes("cgroups", Caught.terminated(Text.of("pids=" + cgroup)));
        event.bytes("env", joined(call.environment(), 0));
        event.number("tty", who.terminal());
        event.number("vpgid", who.innerGroup()).number("pgid", who.group());
        event.number("cap_inheritable", who.capInheritable());
        event.number("cap_permitted", who.capPermitted());
        event.number("cap_effective", who.capEffective());
        event.number("uid", who.effectiveUid()).number("gid", who.effectiveGid());
        event.number("flags", file == null ? 0 : flags(file, who));
        event.number("exe_ino", file == null ? 0 : file.inode());
        event.number("exe_ino_ctime", file == null ? 0 : file.ctimeNs());
        event.number("exe_ino_mtime", file == null ? 0 : file.mtimeNs());
        Text path = file == null ? call.path() : file.path();
        event.bytes("trusted_exepath", Caught.terminated(path));
        if (of.type().paramIndex("filename") >= 0) {
            event.bytes("filename", Caught.terminated(call.filename()));
        }
        event.extension(Extension.CONTEXT, of.context(contextFlags));
        return (error == 0
                        ? event.extension(Extension.DETAIL, detail(file, cgroup))
                        : event.extension(Extension.OBJECT, Caught.path(call.path())))
                .event();
    }

    /** Namespaces are not told: an entry of /proc each, for what no rule asks. */
    private byte[] detail(@Nullable HeldFile file, Text cgroup) {
        byte[] path = Caught.terminated(cgroup);
        ByteBuffer detail = Caught.little(Extension.DETAIL_HEADER_BYTES + path.length);
        detail.putLong(of.who().startNs()).putLong(0).putInt(0).putInt(0);
        boolean gone = file == null || file.is(Fd.DELETED) || file.is(Fd.MEMFD);
        detail.putInt(gone ? 0 : 1).putInt(file == null ? 0 : (int) file.filesystem());
        detail.putInt(file == null ? 0 : file.device()).putInt(file == null ? 0 : file.mode());
        return Caught.bytes(detail.put(path));
    }

    private Text cwd() {
        Text known = cwd;
        if (known == null) {
            known = files.link(proc + of.tid() + "/cwd");
            cwd = known;
        }
        return known;
    }

    private static int flags(HeldFile file, CallerFacts who) {
        int flags = Permission.mayBe(who, file, WRITE) ? EXE_WRITABLE : 0;
        flags |= file.is(Fd.UPPER_LAYER) ? EXE_UPPER_LAYER : 0;
        flags |= file.is(Fd.LOWER_LAYER) ? EXE_LOWER_LAYER : 0;
        return flags | (file.is(Fd.MEMFD) ? EXE_FROM_MEMFD : 0);
    }

    /** What the task will be called: the last part of what exec was given. */
    private Text comm(int error) {
        return error == 0
                ? call.calledAs()
                : Text.of(files.text(proc + of.tid() + "/comm").strip());
    }

    private static byte[] joined(List<Text> texts, int from) {
        int length = 0;
        for (int i = from; i < texts.size(); i++) {
            length += texts.get(i).length() + 1;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (int i = from; i < texts.size(); i++) {
            byte[] text = texts.get(i).array();
            System.arraycopy(text, 0, joined, at, text.length);
            at += text.length + 1;
        }
        return joined;
    }
}
