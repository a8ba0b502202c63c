// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.model.Credentials;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Image;
import dev.torimono.model.Param;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills in what a described event leaves unsaid: success, and who executed what. */
final class ParamDefaults {
    private static final long FD = 3;
    private static final long AT_FDCWD = -100;

    private final EventBuilder builder;
    private final EventType type;
    private final @Nullable Task task;

    ParamDefaults(EventBuilder builder, EventType type, @Nullable Task task) {
        this.builder = builder;
        this.type = type;
        this.task = task;
    }

    void write() {
        for (int i = 0; i < type.paramCount(); i++) {
            Param param = type.param(i);
            switch (param.name()) {
                case "res" -> builder.number("res", 0);
                case "fd" -> {
                    if (param.type().numeric()) {
                        builder.number("fd", FD);
                    }
                }
                case "dirfd", "olddirfd", "newdirfd", "linkdirfd" ->
                        builder.number(param.name(), AT_FDCWD);
                default -> {}
            }
        }
        if (task != null && type.paramIndex("exe") >= 0 && type.paramIndex("args") >= 0) {
            execution(task);
        }
    }

    private void execution(Task who) {
        Image image = who.image();
        Credentials credentials = who.credentials();
        text("exe", image.exe());
        texts("args", image.args());
        texts("env", image.env());
        text("cwd", who.cwd());
        text("comm", who.comm());
        text("trusted_exepath", image.path());
        text("filename", image.path());
        number("tid", who.tid());
        number("pid", who.pid());
        number("ptid", who.parentTid());
        number("tty", who.tty());
        number("pgid", who.pgid());
        number("vpgid", who.vpgid());
        number("uid", credentials.uid());
        number("gid", credentials.gid());
        number("loginuid", credentials.loginUid());
        number("cap_inheritable", credentials.capInheritable());
        number("cap_permitted", credentials.capPermitted());
        number("cap_effective", credentials.capEffective());
        number("exe_ino", image.inode());
        number("exe_ino_ctime", image.ctimeNs());
        number("exe_ino_mtime", image.mtimeNs());
        if (type.name().startsWith("execve")) {
            number("flags", executableFlags(image));
        }
    }

    private static long executableFlags(Image image) {
        return (image.writable() ? 1 : 0)
                | (image.upperLayer() ? 2 : 0)
                | (image.memfd() ? 4 : 0)
                | (image.lowerLayer() ? 8 : 0);
    }

    private void text(String param, Text value) {
        if (type.paramIndex(param) >= 0) {
            builder.text(param, value.toString());
        }
    }

    private void texts(String param, List<Text> values) {
        if (type.paramIndex(param) >= 0) {
            builder.texts(param, values.stream().map(Text::toString).toList());
        }
    }

    private void number(String param, long value) {
        if (type.paramIndex(param) >= 0) {
            builder.number(param, value);
        }
    }
}
