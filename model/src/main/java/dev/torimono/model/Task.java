// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import org.jspecify.annotations.Nullable;

/**
 * One task of the kernel: a process (its leader) or one more thread of it. Mutable; one owner
 * thread, and valid for readers only during the observation that carries it.
 *
 * <p>Parents are linked as objects, so that lineage outlives pid reuse and exit: an exited task
 * stays reachable through its children.
 */
public final class Task {
    private final long tid;
    private final long pid;
    private long parentTid;
    private long startNs;
    private @Nullable Task parent;
    private @Nullable Task leader;
    private long vtid = -1;
    private long vpid = -1;
    private long sid = -1;
    private long vsid = -1;
    private long pgid = -1;
    private long vpgid = -1;
    private int tty;
    private int flags;
    private Text comm = Text.EMPTY;
    private Text cwd = Text.EMPTY;
    private Text root = Text.EMPTY;
    private Text cgroup = Text.EMPTY;
    private Image image = Image.UNKNOWN;
    private Credentials credentials = Credentials.UNKNOWN;
    private long realUid = Credentials.UNSET;
    private @Nullable Container container;
    private long pidNamespace;
    private long mountNamespace;
    private long pidNamespaceStartNs;
    private long cloneTimeNs;
    private long exitTimeNs;
    private int exitStatus;
    private int threads = 1;
    private int children;
    private @Nullable Usage usage;
    private @Nullable Text commandLine;

    /**
     * Memory and limits as last told; null parts of a live task are read on demand.
     *
     * @param fdLimit maximum number of fds
     * @param openFds fds open now
     * @param vmSizeKb virtual memory
     * @param vmRssKb resident memory
     * @param vmSwapKb swapped memory
     * @param majorFaults major page faults
     * @param minorFaults minor page faults
     */
    public record Usage(
            long fdLimit,
            long openFds,
            long vmSizeKb,
            long vmRssKb,
            long vmSwapKb,
            long majorFaults,
            long minorFaults) {}

    public Task(long tid, long pid) {
        this.tid = tid;
        this.pid = pid;
    }

    public long tid() {
        return tid;
    }

    /** The thread group's id: what users call the process id. */
    public long pid() {
        return pid;
    }

    public boolean isLeader() {
        return tid == pid;
    }

    /** The thread group's leader; this itself when it is the leader or the leader is unknown. */
    public Task leader() {
        Task l = leader;
        return l == null ? this : l;
    }

    public Task leader(@Nullable Task value) {
        leader = value;
        return this;
    }

    /** Id of the parent; meaningful even when {@link #parent()} is unknown. */
    public long parentTid() {
        return parentTid;
    }

    public @Nullable Task parent() {
        return parent;
    }

    public Task parent(long parentId, @Nullable Task value) {
        parentTid = parentId;
        parent = value;
        return this;
    }

    /** Ancestor at that distance: 0 itself, 1 parent; null when it is not known. */
    public @Nullable Task ancestor(int distance) {
        Task at = this;
        for (int i = 0; i < distance && at != null; i++) {
            Task up = at.leader().parent;
            at = up == null ? null : up.leader();
        }
        return at;
    }

    /** Start of the thread group, ns since boot: with the pid, an identity that is never reused. */
    public long startNs() {
        return startNs;
    }

    public Task startNs(long value) {
        startNs = value;
        return this;
    }

    public long vtid() {
        return vtid;
    }

    public long vpid() {
        return vpid;
    }

    /** Ids in the task's own pid namespace. */
    public Task virtualIds(long innerTid, long innerPid) {
        vtid = innerTid;
        vpid = innerPid;
        return this;
    }

    public long sid() {
        return sid;
    }

    /** Session id in the task's own pid namespace; -1 unknown. */
    public long vsid() {
        return vsid;
    }

    public long pgid() {
        return pgid;
    }

    public long vpgid() {
        return vpgid;
    }

    public Task session(long session, long group, long innerGroup) {
        sid = session;
        pgid = group;
        vpgid = innerGroup;
        return this;
    }

    public Task vsid(long value) {
        vsid = value;
        return this;
    }

    /** Controlling terminal, device number; 0 none. */
    public int tty() {
        return tty;
    }

    public Task tty(int value) {
        tty = value;
        return this;
    }

    /** Portable clone flags. */
    public int flags() {
        return flags;
    }

    public Task flags(int value) {
        flags = value;
        return this;
    }

    public Text comm() {
        return comm;
    }

    public Task comm(Text value) {
        comm = value;
        commandLine = null;
        return this;
    }

    /** Working directory; as recorded, with or without a final slash. */
    public Text cwd() {
        return cwd;
    }

    public Task cwd(Text value) {
        cwd = value;
        return this;
    }

    public Text root() {
        return root;
    }

    public Task root(Text value) {
        root = value;
        return this;
    }

    /** NUL-separated {@code subsys=path}, or one bare path from the live sensor. */
    public Text cgroup() {
        return cgroup;
    }

    public Task cgroup(Text value) {
        cgroup = value;
        return this;
    }

    public Image image() {
        return image;
    }

    public Task image(Image value) {
        image = value;
        commandLine = null;
        return this;
    }

    /** Name and arguments joined by blanks; made once per name and image. */
    public Text commandLine() {
        Text line = commandLine;
        if (line == null) {
            line = image.args().isEmpty() ? comm : Text.join(comm, image.args());
            commandLine = line;
        }
        return line;
    }

    public Credentials credentials() {
        return credentials;
    }

    public Task credentials(Credentials value) {
        credentials = value;
        return this;
    }

    /** Real user id, which a setuid program keeps; {@link Credentials#UNSET} unknown. */
    public long realUid() {
        return realUid;
    }

    public Task realUid(long value) {
        realUid = value;
        return this;
    }

    /** The container it runs in; null on the host. */
    public @Nullable Container container() {
        return container;
    }

    public Task container(@Nullable Container value) {
        container = value;
        return this;
    }

    public long pidNamespace() {
        return pidNamespace;
    }

    public long mountNamespace() {
        return mountNamespace;
    }

    public Task namespaces(long pidNs, long mountNs) {
        pidNamespace = pidNs;
        mountNamespace = mountNs;
        return this;
    }

    /** Start of the pid namespace's first process, ns since the epoch; 0 unknown. */
    public long pidNamespaceStartNs() {
        return pidNamespaceStartNs;
    }

    public Task pidNamespaceStartNs(long value) {
        pidNamespaceStartNs = value;
        return this;
    }

    /** When it was cloned, ns since the epoch; 0 unknown. */
    public long cloneTimeNs() {
        return cloneTimeNs;
    }

    public Task cloneTimeNs(long value) {
        cloneTimeNs = value;
        return this;
    }

    /** When it ended, ns since the epoch; 0 while it lives. */
    public long exitTimeNs() {
        return exitTimeNs;
    }

    /** Wait status as the kernel has it; meaningful once it ended. */
    public int exitStatus() {
        return exitStatus;
    }

    public Task exited(long timeNs, int status) {
        exitTimeNs = timeNs;
        exitStatus = status;
        return this;
    }

    public boolean isAlive() {
        return exitTimeNs == 0;
    }

    /** Threads of the group, kept on the leader. */
    public int threads() {
        return threads;
    }

    public Task threads(int value) {
        threads = value;
        return this;
    }

    /** Living children, kept on the leader. */
    public int children() {
        return children;
    }

    public Task children(int value) {
        children = value;
        return this;
    }

    public @Nullable Usage usage() {
        return usage;
    }

    public Task usage(@Nullable Usage value) {
        usage = value;
        return this;
    }

    /** As it is now; its relatives are the living ones. */
    public Task snapshot() {
        Task copy = new Task(tid, pid);
        copy.parentTid = parentTid;
        copy.startNs = startNs;
        copy.parent = parent;
        copy.leader = leader;
        copy.vtid = vtid;
        copy.vpid = vpid;
        copy.sid = sid;
        copy.vsid = vsid;
        copy.pgid = pgid;
        copy.vpgid = vpgid;
        copy.tty = tty;
        copy.flags = flags;
        copy.comm = comm;
        copy.cwd = cwd;
        copy.root = root;
        copy.cgroup = cgroup;
        copy.image = image;
        copy.credentials = credentials;
        copy.realUid = realUid;
        copy.container = container;
        copy.pidNamespace = pidNamespace;
        copy.mountNamespace = mountNamespace;
        copy.pidNamespaceStartNs = pidNamespaceStartNs;
        copy.cloneTimeNs = cloneTimeNs;
        copy.exitTimeNs = exitTimeNs;
        copy.exitStatus = exitStatus;
        copy.threads = threads;
        copy.children = children;
        copy.usage = usage;
        copy.commandLine = commandLine;
        return copy;
    }

    @Override
    public String toString() {
        return comm + "[" + pid + (isLeader() ? "" : "/" + tid) + "]";
    }
}
