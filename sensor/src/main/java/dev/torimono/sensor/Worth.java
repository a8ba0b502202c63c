// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.EventType;
import java.util.Set;

/**
 * What an event of a type is worth when not all can be told; in the order of {@code enum worth}.
 */
enum Worth {
    /** Opens and whatever is not named below. */
    NORMAL,
    /** Many, and each says little: given up at half a ring. */
    LOW,
    /** Few, and an attack is hardly one without them: given up when the ring is full. */
    HIGH,
    /** Who is who: processes, identities, namespaces, the kernel itself. On the lifecycle ring. */
    VITAL;

    private static final Set<String> VITAL_NAMES =
            Set.of(
                    "execve",
                    "execveat",
                    "setuid",
                    "setgid",
                    "setreuid",
                    "setregid",
                    "setresuid",
                    "setresgid",
                    "capset",
                    "setns",
                    "unshare",
                    "chroot",
                    "pivot_root",
                    "init_module",
                    "finit_module",
                    "delete_module",
                    "bpf");
    private static final Set<String> HIGH_NAMES =
            Set.of(
                    "connect",
                    "bind",
                    "listen",
                    "accept",
                    "accept4",
                    "ptrace",
                    "process_vm_readv",
                    "process_vm_writev",
                    "memfd_create",
                    "userfaultfd",
                    "mount",
                    "umount",
                    "umount2",
                    "rename",
                    "renameat",
                    "renameat2",
                    "link",
                    "linkat",
                    "symlink",
                    "symlinkat",
                    "unlink",
                    "unlinkat",
                    "chmod",
                    "fchmod",
                    "fchmodat",
                    "chown",
                    "fchown",
                    "fchownat",
                    "lchown",
                    "mknod",
                    "mknodat",
                    "kill",
                    "tkill",
                    "tgkill",
                    "chdir",
                    "fchdir",
                    "setsid",
                    "setpgid",
                    "prctl",
                    "open_by_handle_at",
                    "io_uring_setup",
                    "pidfd_getfd");
    private static final Set<String> LOW_NAMES =
            Set.of(
                    "sendto",
                    "sendmsg",
                    "sendmmsg",
                    "recvfrom",
                    "recvmsg",
                    "recvmmsg",
                    "dup",
                    "dup2",
                    "dup3",
                    "fcntl",
                    "close",
                    "read",
                    "readv",
                    "pread",
                    "preadv",
                    "write",
                    "writev",
                    "pwrite",
                    "pwritev",
                    "mmap",
                    "mmap2",
                    "mprotect",
                    "getsockopt",
                    "stat",
                    "fstat");

    static Worth of(EventType type) {
        String name = type.name();
        if (VITAL_NAMES.contains(name)) {
            return VITAL;
        }
        if (HIGH_NAMES.contains(name)) {
            return HIGH;
        }
        return LOW_NAMES.contains(name) ? LOW : NORMAL;
    }
}
