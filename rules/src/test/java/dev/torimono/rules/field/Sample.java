// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Accounts;
import dev.torimono.model.Container;
import dev.torimono.model.Credentials;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.FdTable;
import dev.torimono.model.Group;
import dev.torimono.model.Image;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small observations for tests. */
public final class Sample {
    private static final long TIME = 1_566_230_400_010_000_000L;

    private static final Accounts ROOT =
            new Accounts() {
                @Override
                public @Nullable User user(@Nullable Container container, long uid) {
                    return uid == 0
                            ? new User(0, 0, Text.of("root"), Text.of("/root"), Text.of("/bin/sh"))
                            : null;
                }

                @Override
                public @Nullable Group group(@Nullable Container container, long gid) {
                    return gid == 0 ? new Group(0, Text.of("root")) : null;
                }
            };

    private Sample() {}

    /** A task that runs a command as root. */
    public static Task task(long pid, String comm, String... args) {
        Image image =
                new Image(
                        Text.of("/usr/bin/" + comm),
                        Text.of("/usr/bin/" + comm),
                        java.util.Arrays.stream(args).map(Text::of).toList(),
                        List.of(Text.of("HOME=/root")),
                        TIME,
                        7,
                        0,
                        TIME,
                        TIME,
                        false,
                        false,
                        false,
                        false);
        return new Task(pid, pid)
                .comm(Text.of(comm))
                .image(image)
                .cwd(Text.of("/tmp/"))
                .virtualIds(pid, pid)
                .credentials(new Credentials(0, 0, Credentials.UNSET, 0, 1, 1));
    }

    /** A shell started by sshd, which init started. */
    public static Task shell() {
        Task init = task(1, "init");
        Task sshd = task(20, "sshd", "-D").parent(1, init);
        return task(30, "bash", "-c", "cat /etc/shadow").parent(20, sshd);
    }

    /** An openat that succeeded, or failed with a negative result. */
    public static Observation open(Task task, String path, int flags, long result) {
        EventBuilder event =
                new EventBuilder(EventType.symbol("SYSCALL_OPENAT_2_X"), TIME, task.tid())
                        .number("fd", result)
                        .number("dirfd", -100)
                        .text("name", path)
                        .number("flags", flags)
                        .number("mode", 0);
        Fd fd = new Fd().clear(result < 0 ? -1 : result);
        if (result >= 0) {
            byte[] name = Text.of(path).array();
            fd.kind(FdKind.FILE_V2).name(name, 0, name.length).openFlags(flags);
        }
        return observation(event, task, fd);
    }

    /** A connect from 10.0.0.1 to 8.8.8.8. */
    public static Observation connect(Task task, int port) {
        EventBuilder event =
                new EventBuilder(EventType.symbol("SOCKET_CONNECT_X"), TIME, task.tid())
                        .number("res", 0)
                        .number("fd", 5);
        byte[] name = Text.of("10.0.0.1:40000->8.8.8.8:" + port).array();
        Fd fd =
                new Fd()
                        .clear(5)
                        .kind(FdKind.IPV4_SOCK)
                        .l4proto(2)
                        .role(Fd.Role.CLIENT)
                        .connected(true)
                        .name(name, 0, name.length)
                        .tuple(new byte[] {10, 0, 0, 1}, 40_000, new byte[] {8, 8, 8, 8}, port);
        return observation(event, task, fd);
    }

    /** A rename without an fd. */
    public static Observation rename(Task task, String from, String to) {
        EventBuilder event =
                new EventBuilder(EventType.symbol("SYSCALL_RENAME_X"), TIME, task.tid())
                        .number("res", 0)
                        .text("oldpath", from)
                        .text("newpath", to);
        return observation(event, task, null);
    }

    private static Observation observation(EventBuilder event, Task task, @Nullable Fd fd) {
        Observation observation = new Observation(ROOT, FdTable.NONE).set(event.event(), task, fd);
        observation.event().number(42L);
        return observation;
    }
}
