// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.EventType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A system call that becomes an event.
 *
 * @param type which event
 * @param family by which program
 * @param state whether the process table lives on it, so that it is always told
 * @param number its number on x86-64; -1 when only 32-bit callers have it
 * @param ia32 its numbers for 32-bit callers
 */
record ProbedCall(EventType type, Family family, boolean state, int number, List<Integer> ia32) {
    /** Every call that rules can ask for. */
    static final List<ProbedCall> ALL;

    /** What captures can ask for besides. */
    static final List<ProbedCall> MOVING = planned(PlannedCall.MOVING).toList();

    private static final List<ProbedCall> OWN =
            List.of(
                    call("SYSCALL_EXECVE_19_X", Family.EXEC_FAILED, 59, 11),
                    call("SYSCALL_EXECVEAT_X", Family.EXEC_FAILED, 322, 358),
                    call("SYSCALL_OPEN_X", Family.OPEN, 2, 5),
                    call("SYSCALL_OPENAT_2_X", Family.OPEN, 257, 295),
                    call("SYSCALL_OPENAT2_X", Family.OPEN, 437, 437),
                    call("SYSCALL_CREAT_X", Family.OPEN, 85, 8),
                    call("SOCKET_CONNECT_X", Family.CONNECT, 42, 362),
                    call("SOCKET_ACCEPT_5_X", Family.ACCEPT, 43, SharedConfig.IA32_ACCEPT),
                    call("SOCKET_ACCEPT4_6_X", Family.ACCEPT, 288, 364),
                    call("SYSCALL_DUP_1_X", Family.DUP, 32, 41),
                    call("SYSCALL_DUP2_X", Family.DUP, 33, 63),
                    call("SYSCALL_DUP3_X", Family.DUP, 292, 330),
                    call("SYSCALL_FCNTL_X", Family.DUP, 72, 55, 221),
                    call("SOCKET_SOCKET_X", Family.NEWFD, 41, 359),
                    call("SYSCALL_MEMFD_CREATE_X", Family.NEWFD, 319, 356),
                    call("SYSCALL_USERFAULTFD_X", Family.NEWFD, 323, 374),
                    call("SYSCALL_BPF_2_X", Family.NEWFD, 321, 357),
                    call("SOCKET_LISTEN_X", Family.FD, 50, 363),
                    call("SYSCALL_FCHMOD_X", Family.FD, 91, 94),
                    call("SYSCALL_SETNS_X", Family.FD, 308, 346),
                    call("SYSCALL_FINIT_MODULE_X", Family.FD, 313, 350),
                    call("SOCKET_BIND_X", Family.MESSAGE, 49, 361),
                    call("SOCKET_SENDTO_X", Family.MESSAGE, 44, 369),
                    call("SOCKET_RECVFROM_X", Family.MESSAGE, 45, 371),
                    call("SOCKET_SENDMSG_X", Family.MESSAGE, 46, 370),
                    call("SOCKET_RECVMSG_X", Family.MESSAGE, 47, 372),
                    call("SOCKET_SENDMMSG_X", Family.MESSAGES, 307, 345),
                    call("SOCKET_RECVMMSG_X", Family.MESSAGES, 299, 337, 417),
                    call("SYSCALL_UNLINK_2_X", Family.PATH, 87, 10),
                    call("SYSCALL_UNLINKAT_2_X", Family.PATH, 263, 301),
                    call("SYSCALL_RMDIR_2_X", Family.PATH, 84, 40),
                    call("SYSCALL_MKDIR_2_X", Family.PATH, 83, 39),
                    call("SYSCALL_MKDIRAT_X", Family.PATH, 258, 296),
                    call("SYSCALL_CHMOD_X", Family.PATH, 90, 15),
                    call("SYSCALL_FCHMODAT_X", Family.PATH, 268, 306),
                    call("SYSCALL_FCHMODAT_X", Family.PATH, 452, 452),
                    call("SYSCALL_UMOUNT2_X", Family.PATH, 166, 52),
                    call("SYSCALL_RENAME_X", Family.PATHS, 82, 38),
                    call("SYSCALL_RENAMEAT_X", Family.PATHS, 264, 302),
                    call("SYSCALL_RENAMEAT2_X", Family.PATHS, 316, 353),
                    call("SYSCALL_LINK_2_X", Family.PATHS, 86, 9),
                    call("SYSCALL_LINKAT_2_X", Family.PATHS, 265, 303),
                    call("SYSCALL_SYMLINK_X", Family.PATHS, 88, 83),
                    call("SYSCALL_SYMLINKAT_X", Family.PATHS, 266, 304),
                    state("SYSCALL_CHDIR_X", Family.DIRECTORY, 80, 12),
                    state("SYSCALL_FCHDIR_X", Family.DIRECTORY, 81, 133),
                    state("SYSCALL_CHROOT_X", Family.DIRECTORY, 161, 61),
                    state("SYSCALL_SETUID_X", Family.TASK, 105, 23, 213),
                    state("SYSCALL_SETGID_X", Family.TASK, 106, 46, 214),
                    state("SYSCALL_SETREUID_X", Family.TASK, 113, 70, 203),
                    state("SYSCALL_SETREGID_X", Family.TASK, 114, 71, 204),
                    state("SYSCALL_SETRESUID_X", Family.TASK, 117, 164, 208),
                    state("SYSCALL_SETRESGID_X", Family.TASK, 119, 170, 210),
                    state("SYSCALL_SETSID_X", Family.TASK, 112, 66),
                    state("SYSCALL_SETPGID_X", Family.TASK, 109, 57),
                    state("SYSCALL_PRCTL_X", Family.TASK, 157, 172),
                    call("SYSCALL_UNSHARE_X", Family.TASK, 272, 310),
                    call("SYSCALL_KILL_X", Family.TASK, 62, 37),
                    call("SYSCALL_KILL_X", Family.TASK, 424, 424),
                    call("SYSCALL_TKILL_X", Family.TASK, 200, 238),
                    call("SYSCALL_TGKILL_X", Family.TASK, 234, 270),
                    call("SYSCALL_PTRACE_X", Family.PTRACE, 101, 26),
                    call("SYSCALL_MOUNT_X", Family.SYSTEM, 165, 21),
                    call("SYSCALL_MOUNT_X", Family.SYSTEM, 429, 429),
                    call("SYSCALL_INIT_MODULE_X", Family.SYSTEM, 175, 128));

    static {
        ALL = Stream.concat(OWN.stream(), planned(PlannedCall.ALL)).toList();
    }

    /** Every call, with those that only captures are told of or without. */
    static List<ProbedCall> all(boolean moving) {
        return moving ? Stream.concat(ALL.stream(), MOVING.stream()).toList() : ALL;
    }

    private static Stream<ProbedCall> planned(List<PlannedCall> calls) {
        return calls.stream()
                .map(
                        planned ->
                                new ProbedCall(
                                        planned.type(),
                                        Family.PLAIN,
                                        false,
                                        planned.number(),
                                        planned.ia32()));
    }

    /** What their events are called. */
    static final Set<String> NAMES =
            ALL.stream().map(call -> call.type().name()).collect(Collectors.toUnmodifiableSet());

    ProbedCall {
        ia32 = List.copyOf(ia32);
    }

    private static ProbedCall call(String symbol, Family family, int number, Integer... ia32) {
        return new ProbedCall(EventType.symbol(symbol), family, false, number, List.of(ia32));
    }

    private static ProbedCall state(String symbol, Family family, int number, Integer... ia32) {
        return new ProbedCall(EventType.symbol(symbol), family, true, number, List.of(ia32));
    }

    /** Writes the call into the kernel's tables, as wanted by rules or not. */
    void enable(SharedConfig shared, boolean wanted) {
        int code = wanted || state ? type.code() : 0;
        shared.whole(type.code(), wanted);
        if (number >= 0) {
            shared.nativeCall(number, code);
        }
        for (int other : ia32) {
            shared.ia32Call(other, code);
        }
    }
}
