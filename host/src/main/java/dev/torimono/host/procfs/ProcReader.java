// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

import dev.torimono.host.container.Cgroup;
import dev.torimono.host.container.CgroupTable;
import dev.torimono.model.Credentials;
import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes a process's task from its /proc directory, without its links to others. */
public final class ProcReader {
    /** Kernel's exit of an fd-less view: what it appends to the link of an unlinked file. */
    private static final String DELETED = " (deleted)";

    private static final String MEMFD = "/memfd:";

    private final ProcFs proc;
    private final CgroupTable cgroups;
    private final TextPool texts;
    private final boolean environment;
    private final long bootEpochNs;

    public ProcReader(
            ProcFs proc,
            CgroupTable cgroups,
            TextPool texts,
            boolean environment,
            long bootEpochNs) {
        this.proc = proc;
        this.cgroups = cgroups;
        this.texts = texts;
        this.environment = environment;
        this.bootEpochNs = bootEpochNs;
    }

    /**
     * The leader of the process that has a task of that id; null when it is gone. Its parent is
     * named but not linked.
     */
    public @Nullable Task process(long tid) {
        if (!proc.read(tid, "status")) {
            return null;
        }
        ProcStatus status = ProcStatus.parse(proc.text());
        long pid = status.tgid();
        if (pid != tid) {
            return pid == 0 ? null : process(pid);
        }
        ProcStat stat = proc.read(pid, "stat") ? ProcStat.parse(proc.text()) : null;
        return stat == null ? null : task(pid, stat, status);
    }

    private Task task(long pid, ProcStat stat, ProcStatus status) {
        Task task = new Task(pid, pid);
        task.startNs(stat.startNs()).cloneTimeNs(bootEpochNs + stat.startNs());
        task.parent(stat.parent(), null);
        task.comm(texts.of(bytes(stat.comm()), 0, bytes(stat.comm()).length));
        task.session(stat.sid(), stat.pgid(), status.innerGroup()).vsid(status.innerSession());
        task.virtualIds(status.innerTid(), status.innerPid()).tty(TtyName.normalize(stat.tty()));
        task.namespaces(proc.namespace(pid, "pid"), proc.namespace(pid, "mnt"));
        task.credentials(status.credentials(loginUid(pid))).realUid(status.realUid());
        if (!stat.kernelThread()) {
            task.cwd(text(proc.link(pid, "cwd"))).root(text(proc.link(pid, "root")));
            task.image(image(pid, task.cloneTimeNs()));
            task.usage(usage(pid, stat, status));
        }
        Cgroup cgroup = cgroups.of(proc.cgroup(pid));
        cgroup.seen(pid);
        return task.cgroup(cgroup.path()).container(cgroup.container());
    }

    /** The thread group of a task; 0 when it is gone. */
    public long threadGroup(long tid) {
        return proc.read(tid, "status") ? ProcStatus.parse(proc.text()).tgid() : 0;
    }

    /** The parent that a process has now; 0 when it has none or is gone. */
    public long parent(long pid) {
        ProcStat stat = proc.read(pid, "stat") ? ProcStat.parse(proc.text()) : null;
        return stat == null ? 0 : stat.parent();
    }

    private Image image(long pid, long timeNs) {
        List<Text> command =
                proc.read(pid, "cmdline") ? texts.list(proc.bytes(), 0, proc.length()) : List.of();
        List<Text> env =
                environment && proc.read(pid, "environ")
                        ? texts.list(proc.bytes(), 0, proc.length())
                        : List.of();
        String path = proc.link(pid, "exe");
        boolean memfd = path.startsWith(MEMFD);
        if (path.endsWith(DELETED)) {
            path = path.substring(0, path.length() - DELETED.length());
        }
        Map<String, Object> file = proc.executable(pid);
        return new Image(
                command.isEmpty() ? Text.EMPTY : command.getFirst(),
                text(path),
                command.isEmpty() ? List.of() : command.subList(1, command.size()),
                env,
                timeNs,
                file.get("ino") instanceof Long inode ? inode : 0,
                file.get("dev") instanceof Long device ? kernelDevice(device) : 0,
                file.get("ctime") instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0,
                file.get("lastModifiedTime") instanceof FileTime time
                        ? time.to(TimeUnit.NANOSECONDS)
                        : 0,
                false,
                false,
                false,
                memfd);
    }

    private Task.Usage usage(long pid, ProcStat stat, ProcStatus status) {
        return new Task.Usage(
                fdLimit(pid),
                0,
                status.vmSizeKb(),
                status.vmRssKb(),
                status.vmSwapKb(),
                stat.majorFaults(),
                stat.minorFaults());
    }

    private long fdLimit(long pid) {
        if (!proc.read(pid, "limits")) {
            return -1;
        }
        String text = proc.text();
        int at = text.indexOf("Max open files");
        if (at < 0) {
            return -1;
        }
        String[] words = text.substring(at + "Max open files".length()).strip().split("\\s+", 2);
        return Numbers.of(words[0], -1);
    }

    private long loginUid(long pid) {
        return proc.read(pid, "loginuid")
                ? Numbers.of(proc.text(), Credentials.UNSET)
                : Credentials.UNSET;
    }

    /** From stat(2)'s split encoding to the kernel's. */
    private static int kernelDevice(long device) {
        long major = (device >>> 8 & 0xFFF) | (device >>> 32 & ~0xFFFL);
        long minor = (device & 0xFF) | (device >>> 12 & ~0xFFL);
        return (int) (major << 20 | (minor & 0xFFFFF));
    }

    private Text text(String string) {
        byte[] bytes = bytes(string);
        return texts.of(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String string) {
        return string.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
