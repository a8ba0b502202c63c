// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

import dev.torimono.host.container.Cgroup;
import dev.torimono.host.container.CgroupTable;
import dev.torimono.model.Credentials;
import dev.torimono.model.Image;
import dev.torimono.model.StatLine;
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
    private final StatLine stat = new StatLine();

    /** Of a parent, which is asked while its child is read. */
    private final StatLine other = new StatLine();

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

    /** Knows from whom a process was forked. */
    @FunctionalInterface
    public interface Kin {
        /**
         * The parent whose program it still runs; null when that is not certain.
         *
         * @param pid of its parent now
         * @param layout of its memory
         * @param exe what it executes, as its link says
         * @param bornNs ns since the epoch, cut to clock ticks
         */
        @Nullable Task forker(long pid, long layout, Text exe, long bornNs);
    }

    /**
     * The leader of the process that has a task of that id; null when it is gone. Its parent is
     * named but not linked.
     */
    public @Nullable Task process(long tid, Kin kin) {
        if (!proc.read(tid, "status")) {
            return null;
        }
        ProcStatus status = ProcStatus.parse(proc.bytes(), proc.length());
        long pid = status.tgid();
        if (pid != tid) {
            return pid == 0 ? null : process(pid, kin);
        }
        return stat(pid) ? task(pid, status, kin) : null;
    }

    private boolean stat(long pid) {
        return proc.read(pid, "stat") && stat.read(proc.bytes(), proc.length());
    }

    private Task task(long pid, ProcStatus status, Kin kin) {
        Task task = new Task(pid, pid);
        task.startNs(stat.startNs()).cloneTimeNs(bootEpochNs + stat.startNs());
        task.parent(stat.parent(), null);
        task.comm(text(stat.comm()));
        task.session(stat.session(), stat.group(), status.innerGroup());
        task.vsid(status.innerSession());
        task.virtualIds(status.innerTid(), status.innerPid());
        task.tty(TtyName.normalize(stat.terminal())).realUid(status.realUid());
        boolean program = !stat.kernelThread();
        Text exe = program ? exe(pid) : Text.EMPTY;
        Task forker =
                program && stat.threads() == 1
                        ? kin.forker(stat.parent(), stat.layout(), exe, task.cloneTimeNs())
                        : null;
        if (program) {
            task.cwd(texts(proc.target(pid, "cwd"))).root(texts(proc.target(pid, "root")));
        }
        if (forker != null) {
            task.namespaces(forker.pidNamespace(), forker.mountNamespace());
            task.credentials(status.credentials(forker.credentials().loginUid()));
            task.image(forker.image());
        } else {
            task.namespaces(proc.namespace(pid, "pid"), proc.namespace(pid, "mnt"));
            task.credentials(status.credentials(loginUid(pid)));
            if (program) {
                task.image(image(pid, exe.toString(), task.cloneTimeNs()))
                        .usage(usage(pid, status));
            }
        }
        Cgroup cgroup = cgroups.of(proc.cgroup(pid));
        cgroup.seen(pid);
        return task.cgroup(cgroup.path()).container(cgroup.container());
    }

    /** What the link to a process's program says. */
    public Text exe(long pid) {
        return proc.target(pid, "exe");
    }

    /** Of a process's memory now; 0 unknown. */
    public long layout(long pid) {
        return proc.read(pid, "stat") && other.read(proc.bytes(), proc.length())
                ? other.layout()
                : 0;
    }

    /** The thread group of a task; 0 when it is gone. */
    public long threadGroup(long tid) {
        return proc.read(tid, "status") ? ProcStatus.parse(proc.bytes(), proc.length()).tgid() : 0;
    }

    /** The parent that a process has now; 0 when it has none or is gone. */
    public long parent(long pid) {
        return stat(pid) ? stat.parent() : 0;
    }

    private Image image(long pid, String link, long timeNs) {
        List<Text> command =
                proc.read(pid, "cmdline") ? texts.list(proc.bytes(), 0, proc.length()) : List.of();
        List<Text> env =
                environment && proc.read(pid, "environ")
                        ? texts.list(proc.bytes(), 0, proc.length())
                        : List.of();
        String path = link;
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

    private Task.Usage usage(long pid, ProcStatus status) {
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

    private Text texts(Text text) {
        return texts.of(text.array(), 0, text.length());
    }

    private Text text(String string) {
        byte[] bytes = bytes(string);
        return texts.of(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String string) {
        return string.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
