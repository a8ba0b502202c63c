// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.model.Container;
import dev.torimono.model.Credentials;
import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.rules.read.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a process and its ancestors from a description. */
final class ProcessDescription {
    static final Set<String> KEYS =
            Set.of(
                    "pid",
                    "tid",
                    "vpid",
                    "sid",
                    "pgid",
                    "name",
                    "exe",
                    "exepath",
                    "args",
                    "env",
                    "cwd",
                    "uid",
                    "gid",
                    "user",
                    "group",
                    "loginuid",
                    "tty",
                    "is_exe_upper_layer",
                    "is_exe_lower_layer",
                    "is_exe_from_memfd",
                    "is_exe_writable",
                    "exe_ino",
                    "exe_ino_ctime",
                    "exe_ino_mtime",
                    "cap_effective",
                    "cap_permitted",
                    "cap_inheritable",
                    "parent",
                    "container");
    private static final long FIRST_PID = 4000;

    private final World world;

    ProcessDescription(World world) {
        this.world = world;
    }

    /**
     * Makes a task.
     *
     * @param inside the container it is in unless it says otherwise
     */
    Task task(YamlNode node, @Nullable Container inside) {
        Described process = Described.of(node, "a process", KEYS);
        long pid = process.number("pid", FIRST_PID - 10L * world.tasks().size());
        Task task = new Task(process.number("tid", pid), pid);
        Container container = container(process, inside);
        YamlNode above = process.get("parent");
        world.add(task);
        if (above != null) {
            Task parent = task(above, container);
            task.parent(parent.pid(), parent);
        }
        if (task.tid() != pid) {
            Task leader = new Task(pid, pid);
            fill(leader, process, container);
            leader.parent(task.parentTid(), task.parent());
            world.add(leader);
            task.leader(leader);
        }
        return fill(task, process, container);
    }

    private static @Nullable Container container(Described process, @Nullable Container inside) {
        if (!process.has("container")) {
            return inside;
        }
        YamlNode node = process.get("container");
        return node == null || node instanceof YamlNode.Scalar
                ? null
                : ContainerDescription.of(node);
    }

    private Task fill(Task task, Described process, @Nullable Container container) {
        String path = process.text("exepath", "/usr/bin/" + process.text("name", "test"));
        String name = process.text("name", path.substring(path.lastIndexOf('/') + 1));
        long uid = process.number("uid", 0);
        long gid = process.number("gid", uid);
        long loginUid = process.number("loginuid", -1) & Credentials.UNSET;
        world.user(uid, gid, process.text("user", uid == 0 ? "root" : "user" + uid));
        world.group(gid, process.text("group", gid == 0 ? "root" : "group" + gid));
        long vpid = process.number("vpid", container == null ? task.pid() : task.pid() % 1000);
        long sid = process.number("sid", task.pid());
        long pgid = process.number("pgid", task.pid());
        return task.comm(Text.of(name))
                .cwd(Text.of(process.text("cwd", "/")))
                .root(Text.of("/"))
                .virtualIds(task.tid() == task.pid() ? vpid : task.tid() % 1000, vpid)
                .session(sid, pgid, pgid)
                .vsid(sid)
                .tty((int) process.number("tty", 0))
                .container(container)
                .credentials(
                        new Credentials(
                                uid,
                                gid,
                                loginUid,
                                process.number("cap_inheritable", 0),
                                process.number("cap_permitted", 0),
                                process.number("cap_effective", 0)))
                .image(image(process, path));
    }

    private static Image image(Described process, String path) {
        return new Image(
                Text.of(process.text("exe", path)),
                Text.of(path),
                texts(process.texts("args")),
                texts(process.texts("env")),
                World.START_NS,
                process.number("exe_ino", 1),
                0,
                process.number("exe_ino_ctime", World.START_NS),
                process.number("exe_ino_mtime", World.START_NS),
                process.flag("is_exe_writable"),
                process.flag("is_exe_upper_layer"),
                process.flag("is_exe_lower_layer"),
                process.flag("is_exe_from_memfd"));
    }

    private static List<Text> texts(List<String> strings) {
        List<Text> texts = new ArrayList<>(strings.size());
        strings.forEach(string -> texts.add(Text.of(string)));
        return texts;
    }
}
