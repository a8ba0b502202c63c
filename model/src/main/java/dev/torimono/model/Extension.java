// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

/**
 * Parameters that our own sensors append after the schema's, in this order, in every record. A
 * record that has none of them (a foreign capture) simply ends earlier; an absent one has length 0.
 * Layouts are little-endian and packed; {@code sensor/src/main/bpf/abi/event.h} mirrors them.
 */
public enum Extension {
    /**
     * Who did it, as the kernel knows it now: u32 tgid, u32 flags ({@link #CONTEXT_FLAGS}, {@link
     * #CONTEXT_CUT}, {@link #CONTEXT_HELD}, {@link #CONTEXT_KILLED}, {@link #CONTEXT_REFUSED}), u64
     * start time of the thread group in ns since boot (the guard against PID reuse), u64 cgroup id,
     * u32 mount namespace, u32 uid. Of a fork: the child's.
     */
    CONTEXT,
    /**
     * The object behind the event's fd, resolved in the kernel: u8 fd kind ({@link FdKind#code()}),
     * u8 l4 protocol, u8 role (0 unknown, 1 client, 2 server), u8 reserved, u32 open flags
     * (portable), u64 inode, u32 device (major &lt;&lt; 20 | minor), u32 facts (bit 0 upper layer,
     * 1 lower layer, 2 deleted, 3 memfd, 4 lost path), then the name: a NUL-terminated path, or the
     * bytes of a SOCKTUPLE. IPv4 spoken through an IPv6 socket is told as IPv4. Of an event on a
     * path that led to no fd (a failed open or exec, unlink, chmod …): kind 0, numbers 0, and where
     * the path led, if the call succeeded and that is known, else the path made absolute by text
     * only, so that dots and links stay; of two-path events the first, but of a symlink the link
     * itself. Of chdir, fchdir and chroot: the directory afterwards. Of an exec that the kernel
     * side refused: the very file, and DETAIL describes it, too.
     */
    OBJECT,
    /**
     * What the schema has no room for; laid out per event type. exec: u64 start time, u64 parent
     * start time, u32 pid namespace, u32 mount namespace (0 both: not told), u32 link count, u32
     * filesystem magic, u32 device, u32 mode, then the cgroup path, NUL-terminated. fork: u64 start
     * time, u64 parent start time, u32 pid namespace, u32 mount namespace, u64 start time and u64
     * pid of who called when that is not the parent (CLONE_PARENT), then the cgroup path. Second
     * path of two-path events: NUL-terminated, followed in the same way; of a symlink what it
     * points to, as given. An open: the name that the file has besides in the process's own tree,
     * when it was opened through a mount; empty when it has none. The start time is the task's own:
     * of a thread, the thread's.
     */
    DETAIL,
    /**
     * exec only: what the fds 0, 1 and 2 of the new program are. Three entries, each u16 length and
     * that many bytes in {@link #OBJECT}'s layout; length 0 is a closed fd. Pipes and the like have
     * an empty name and go by their inode.
     */
    STDIO;

    /** Bit 0 of the context's flags: the caller is a kernel thread. */
    public static final int CONTEXT_FLAGS = 1;

    /** Bit 1 of the context's flags: a parameter was too long and was shortened. */
    public static final int CONTEXT_CUT = 1 << 1;

    /** Bit 2: the call waits until it is judged; of the kernel's sensor only an exec does. */
    public static final int CONTEXT_HELD = 1 << 2;

    /** Bit 3, exec only: the process was ended before the program's first instruction. */
    public static final int CONTEXT_KILLED = 1 << 3;

    /** Bit 4, exec only: a security module of ours refused it, before anybody was asked. */
    public static final int CONTEXT_REFUSED = 1 << 4;

    public static final int CONTEXT_BYTES = 32;
    public static final int OBJECT_HEADER_BYTES = 24;
    public static final int DETAIL_HEADER_BYTES = 40;
}
