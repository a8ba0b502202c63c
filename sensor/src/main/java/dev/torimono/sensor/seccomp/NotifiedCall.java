// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Demand;
import dev.torimono.model.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A system call that can be told while it waits. What only its result tells (accept, what was
 * received) cannot be: it has none yet.
 *
 * @param type which event
 * @param plan its parameters behind the result, in the order of the schema
 * @param x86 its number on x86-64; -1 for none
 * @param arm64 its number on arm64
 * @param ia32 its number for 32-bit programs on x86-64
 * @param arm32 its number for 32-bit programs on arm64
 */
record NotifiedCall(EventType type, String plan, int x86, int arm64, int ia32, int arm32) {
    static final int ARCH_X86_64 = 0xC000003E;
    static final int ARCH_I386 = 0x40000003;
    static final int ARCH_ARM64 = 0xC00000B7;
    static final int ARCH_ARM = 0x40000028;

    static final String OPEN = "open";
    static final String EXEC = "exec";
    static final String NAME = "u32:0 name:1 none";
    static final String CONNECT = "connect";

    /** The same by its old door, its arguments in memory. */
    static final String SOCKETCALL = "socketcall";

    static final String DUP = "dup";

    private static final int PR_SET_NAME = 15;
    private static final int SYS_CONNECT = 3;

    /** Calls that build rings of calls that no filter sees. */
    static final int IO_URING_SETUP = 425;

    static final List<NotifiedCall> ALL =
            List.of(
                    call("SYSCALL_EXECVE_19_X", EXEC, 59, 221, 11, 11),
                    call("SYSCALL_EXECVEAT_X", EXEC, 322, 281, 358, 387),
                    call("SYSCALL_OPEN_X", OPEN, 2, -1, 5, 5),
                    call("SYSCALL_OPENAT_2_X", OPEN, 257, 56, 295, 322),
                    call("SYSCALL_OPENAT2_X", OPEN, 437, 437, 437, 437),
                    call("SYSCALL_CREAT_X", OPEN, 85, -1, 8, 8),
                    call("SOCKET_CONNECT_X", CONNECT, 42, 203, 362, 283),
                    call("SOCKET_CONNECT_X", SOCKETCALL, -1, -1, 102, -1),
                    call("SYSCALL_UNLINK_2_X", "path:0", 87, -1, 10, 10),
                    call("SYSCALL_UNLINKAT_2_X", "fd:0 path:1 u32:2", 263, 35, 301, 328),
                    call("SYSCALL_RMDIR_2_X", "path:0", 84, -1, 40, 40),
                    call("SYSCALL_MKDIR_2_X", "path:0 u32:1", 83, -1, 39, 39),
                    call("SYSCALL_MKDIRAT_X", "fd:0 path:1 u32:2", 258, 34, 296, 323),
                    call("SYSCALL_CHMOD_X", "path:0 u32:1", 90, -1, 15, 15),
                    call("SYSCALL_FCHMODAT_X", "fd:0 path:1 u32:2", 268, 53, 306, 333),
                    call("SYSCALL_FCHMODAT_X", "fd:0 path:1 u32:2", 452, 452, 452, 452),
                    call("SYSCALL_FCHMOD_X", "fd:0 u32:1", 91, 52, 94, 94),
                    call("SYSCALL_CHOWN_X", "path:0 u32:1 u32:2", 92, -1, 212, 212),
                    call("SYSCALL_LCHOWN_X", "path:0 u32:1 u32:2", 94, -1, 198, 198),
                    call("SYSCALL_FCHOWN_X", "fd:0 u32:1 u32:2", 93, 55, 207, 207),
                    call("SYSCALL_FCHOWNAT_X", "fd:0 path:1 u32:2 u32:3 at:4", 260, 54, 298, 325),
                    call("SYSCALL_RENAME_X", "path:0 path:1", 82, -1, 38, 38),
                    call("SYSCALL_RENAMEAT_X", "fd:0 path:1 fd:2 path:3", 264, 38, 302, 329),
                    call(
                            "SYSCALL_RENAMEAT2_X",
                            "fd:0 path:1 fd:2 path:3 u32:4",
                            316,
                            276,
                            353,
                            382),
                    call("SYSCALL_LINK_2_X", "path:0 path:1", 86, -1, 9, 9),
                    call("SYSCALL_LINKAT_2_X", "fd:0 path:1 fd:2 path:3 u32:4", 265, 37, 303, 330),
                    call("SYSCALL_SYMLINK_X", "text:0 path:1", 88, -1, 83, 83),
                    call("SYSCALL_SYMLINKAT_X", "text:0 fd:1 path:2", 266, 36, 304, 331),
                    call("SYSCALL_MKNOD_X", "path:0 u32:1 u32:2", 133, -1, 14, 14),
                    call("SYSCALL_MKNODAT_X", "fd:0 path:1 u32:2 u32:3", 259, 33, 297, 324),
                    call("SYSCALL_UMOUNT2_X", "path:0 u32:1", 166, 39, 52, 52),
                    call("SYSCALL_MOUNT_X", "text:0 path:1 text:2 u32:3", 165, 40, 21, 21),
                    call("SYSCALL_PRCTL_X", NAME, 157, 167, 172, 172),
                    call("SYSCALL_CHROOT_X", "path:0", 161, 51, 61, 61),
                    call("SYSCALL_SETUID_X", "u32:0", 105, 146, 213, 213),
                    call("SYSCALL_SETGID_X", "u32:0", 106, 144, 214, 214),
                    call("SYSCALL_SETREUID_X", "u32:0 u32:1", 113, 145, 203, 203),
                    call("SYSCALL_SETREGID_X", "u32:0 u32:1", 114, 143, 204, 204),
                    call("SYSCALL_SETRESUID_X", "u32:0 u32:1 u32:2", 117, 147, 208, 208),
                    call("SYSCALL_SETRESGID_X", "u32:0 u32:1 u32:2", 119, 149, 210, 210),
                    old("SYSCALL_CHOWN_X", "path:0 u32:1 u32:2", 182),
                    old("SYSCALL_LCHOWN_X", "path:0 u32:1 u32:2", 16),
                    old("SYSCALL_FCHOWN_X", "fd:0 u32:1 u32:2", 95),
                    old("SYSCALL_SETUID_X", "u32:0", 23),
                    old("SYSCALL_SETGID_X", "u32:0", 46),
                    old("SYSCALL_SETREUID_X", "u32:0 u32:1", 70),
                    old("SYSCALL_SETREGID_X", "u32:0 u32:1", 71),
                    old("SYSCALL_SETRESUID_X", "u32:0 u32:1 u32:2", 164),
                    old("SYSCALL_SETRESGID_X", "u32:0 u32:1 u32:2", 170),
                    call("SYSCALL_SETNS_X", "fd:0 clone:1", 308, 268, 346, 375),
                    call("SYSCALL_UNSHARE_X", "clone:0", 272, 97, 310, 337),
                    call("SYSCALL_KILL_X", "fd:0 u8:1", 62, 129, 37, 37),
                    call("SYSCALL_TKILL_X", "fd:0 u8:1", 200, 130, 238, 238),
                    call("SYSCALL_TGKILL_X", "fd:0 fd:1 u8:2", 234, 131, 270, 268),
                    call("SYSCALL_PTRACE_X", "number:2 number:3 request:0 fd:1", 101, 117, 26, 26),
                    call("SYSCALL_INIT_MODULE_X", "data:0 u64:1 text:2", 175, 105, 128, 128),
                    call("SYSCALL_FINIT_MODULE_X", "fd:0 text:1 u32:2", 313, 273, 350, 379),
                    call("SYSCALL_PROCESS_VM_READV_X", "fd:0 none", 310, 270, 347, 376),
                    call("SYSCALL_PROCESS_VM_WRITEV_X", "fd:0 none", 311, 271, 348, 377),
                    call("SYSCALL_DUP_1_X", DUP, 32, 23, 41, 41),
                    call("SYSCALL_DUP2_X", DUP, 33, -1, 63, 63),
                    call("SYSCALL_DUP3_X", DUP, 292, 24, 330, 358));

    /** What their events are called. */
    static final Set<String> NAMES =
            ALL.stream().map(call -> call.type().name()).collect(Collectors.toUnmodifiableSet());

    private static NotifiedCall call(
            String symbol, String plan, int x86, int arm64, int ia32, int arm32) {
        return new NotifiedCall(EventType.symbol(symbol), plan, x86, arm64, ia32, arm32);
    }

    /** One with ids of 16 bits, which only 32-bit machines ever had; the same on both. */
    private static NotifiedCall old(String symbol, String plan, int number) {
        return call(symbol, plan, -1, -1, number, number);
    }

    /** Those that anyone wants, and those that the process table lives on. */
    static List<NotifiedCall> wanted(Demand demand) {
        List<NotifiedCall> wanted = new ArrayList<>();
        for (NotifiedCall call : ALL) {
            if (call.isState() || demand.wants(call.type())) {
                wanted.add(call);
            }
        }
        return wanted;
    }

    boolean isExec() {
        return plan.equals(EXEC);
    }

    /** Whether it is told whoever wants it: how tasks are called, and who they are, changes. */
    boolean isState() {
        return isExec() || isRename() || isIdentity();
    }

    /** Whether ids change by it: falco's category {@code user}. */
    boolean isIdentity() {
        return type.category().equals("user");
    }

    /** prctl: only where it names the task. */
    boolean isRename() {
        return plan.equals(NAME);
    }

    /** Which value of its first argument is waited with; -1 for any. */
    int first() {
        return isRename() ? PR_SET_NAME : plan.equals(SOCKETCALL) ? SYS_CONNECT : -1;
    }

    boolean isOpen() {
        return plan.equals(OPEN);
    }

    /** Its number for programs of that architecture; -1 for none. */
    int number(int arch) {
        return switch (arch) {
            case ARCH_X86_64 -> x86;
            case ARCH_ARM64 -> arm64;
            case ARCH_I386 -> ia32;
            case ARCH_ARM -> arm32;
            default -> -1;
        };
    }

    /** What 32-bit programs of a machine are called. */
    static int compat(int arch) {
        return arch == ARCH_X86_64 ? ARCH_I386 : ARCH_ARM;
    }

    static boolean is32Bit(int arch) {
        return arch == ARCH_I386 || arch == ARCH_ARM;
    }
}
