// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Credentials;
import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.Text;

/** Writes one entry of a process list of version 9; {@link TaskList} reads it. */
final class TaskEntry {
    private static final int MAX_TEXT = 1024;
    private static final int MAX_TEXTS = 4096;
    private static final Text SLASH = Text.of("/");

    private TaskEntry() {}

    static void write(Block to, Task task) {
        Image image = task.image();
        int at = to.openEntry();
        to.u64(task.tid()).u64(task.pid()).u64(task.parentTid()).u64(task.sid());
        to.u64(task.vpgid()).text(task.comm(), MAX_TEXT).text(image.exe(), MAX_TEXT);
        to.text(image.path(), MAX_TEXT).texts(image.args(), MAX_TEXTS).text(folder(task), MAX_TEXT);
        usage(to, task);
        to.texts(image.env(), MAX_TEXTS).u64(task.vtid()).u64(task.vpid());
        to.text(cgroups(task), MAX_TEXTS).text(task.root(), MAX_TEXT);
        tail(to, task, image);
        to.closeEntry(at, 0);
    }

    /** In this format a directory ends with a slash. */
    private static Text folder(Task task) {
        Text cwd = task.cwd();
        return cwd.isEmpty() || cwd.at(cwd.length() - 1) == '/'
                ? cwd
                : Text.of(cwd + SLASH.toString());
    }

    /** The live sensor knows one path; a capture says of which subsystem. */
    private static Text cgroups(Task task) {
        Text cgroup = task.cgroup();
        boolean bare = !cgroup.isEmpty() && cgroup.at(0) == '/';
        return bare ? Text.of("pids=" + cgroup + "\0") : cgroup;
    }

    private static void usage(Block to, Task task) {
        Task.Usage known = task.usage();
        Task.Usage usage = known == null ? new Task.Usage(0, 0, 0, 0, 0, 0, 0) : known;
        Credentials credentials = task.credentials();
        to.u64(usage.fdLimit()).u32(task.flags()).u32(credentials.uid()).u32(credentials.gid());
        to.u32(usage.vmSizeKb()).u32(usage.vmRssKb()).u32(usage.vmSwapKb());
        to.u64(usage.majorFaults()).u64(usage.minorFaults());
    }

    private static void tail(Block to, Task task, Image image) {
        Credentials credentials = task.credentials();
        to.u64(task.pidNamespaceStartNs()).u32(task.tty()).u32(credentials.loginUid());
        to.u8(image.writable() ? 1 : 0).u64(credentials.capInheritable());
        to.u64(credentials.capPermitted()).u64(credentials.capEffective());
        to.u8(image.upperLayer() ? 1 : 0).u64(image.inode());
        to.u64(image.ctimeNs()).u64(image.mtimeNs());
        to.u8(image.memfd() ? 1 : 0).u8(image.lowerLayer() ? 1 : 0).u64(task.pgid());
    }
}
