// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.EventType;
import java.util.List;

/**
 * A system call whose record is its result and then its arguments, as planned.
 *
 * @param type which event
 * @param plan its parameters behind the first, and its object
 * @param number its number on x86-64
 * @param ia32 its numbers for 32-bit callers
 */
record PlannedCall(EventType type, CallPlan plan, int number, List<Integer> ia32) {
    private static final String PROTECT = "u64:0 u64:1 protection:2 @mapped:0";
    private static final String MAP = "usage u64:0 u64:1 protection:2 mapping:3 fd:4 u64:5 @fd:4";
    private static final String OWN = "path:0 u32:1 u32:2 @path";
    private static final String OWN_AT = "fd:0 path:1 u32:2 u32:3 at:4 @at:0 links:as-told";
    private static final String OTHERS_MEMORY = "fd:0 piece:1";

    static final List<PlannedCall> ALL =
            List.of(
                    call("SYSCALL_CHOWN_X", OWN + " links:followed", 92, 182, 212),
                    call("SYSCALL_LCHOWN_X", OWN, 94, 16, 198),
                    call("SYSCALL_FCHOWN_X", "fd:0 u32:1 u32:2 @fd:0", 93, 95, 207),
                    call("SYSCALL_FCHOWNAT_X", OWN_AT, 260, 298),
                    call("SYSCALL_MKNOD_X", "path:0 u32:1 u32:2 @path", 133, 14),
                    call("SYSCALL_MKNODAT_X", "fd:0 path:1 u32:2 u32:3 @at:0", 259, 297),
                    call("SYSCALL_UMOUNT_1_X", "path:0 @path links:followed", -1, 22),
                    call("SYSCALL_CAPSET_X", "capabilities", 126, 185),
                    call("SYSCALL_SECCOMP_X", "u64:0 u64:1", 317, 354),
                    call("SYSCALL_MMAP_X", MAP, 9),
                    call("SYSCALL_MMAP2_X", MAP, -1, 192),
                    call("SYSCALL_MPROTECT_X", PROTECT, 10, 125),
                    // With a protection key besides, which the schema has not.
                    call("SYSCALL_MPROTECT_X", PROTECT, 329, 380),
                    call("SYSCALL_SPLICE_X", "fd:0 fd:2 u64:4 u32:5 @fd:0", 275, 313),
                    call("SYSCALL_SENDFILE_X", "offset:2 fd:0 fd:1 u64:3 @fd:1", 40, 187, 239),
                    call(
                            "SYSCALL_COPY_FILE_RANGE_X",
                            "fd:2 offset:3 fd:0 offset:1 u64:4 @fd:2",
                            326,
                            377),
                    call("SYSCALL_PIDFD_OPEN_X", "fd:0 nonblock:1 @result", 434, 434),
                    call("SYSCALL_PIDFD_GETFD_X", "fd:0 fd:1 u32:2 @result", 438, 438),
                    call("SYSCALL_PROCESS_VM_READV_X", OTHERS_MEMORY, 310, 347),
                    call("SYSCALL_PROCESS_VM_WRITEV_X", OTHERS_MEMORY, 311, 348),
                    call("SYSCALL_DELETE_MODULE_X", "text:0 unload:1", 176, 129),
                    call(
                            "SYSCALL_OPEN_BY_HANDLE_AT_X",
                            "fd:0 open:2 result:0 result:1 result:2 @result",
                            304,
                            342),
                    call(
                            "SYSCALL_IO_URING_SETUP_X",
                            "u32:0 ring:0 ring:1 ring:2 ring:3 ring:4 ring:5 @result",
                            425,
                            425),
                    call(
                            "SYSCALL_IO_URING_ENTER_X",
                            "fd:0 u32:1 u32:2 u32:3 u32:4 @fd:0",
                            426,
                            426),
                    call("SYSCALL_IO_URING_REGISTER_X", "fd:0 u16:1 u64:2 u32:3 @fd:0", 427, 427),
                    call(
                            "SYSCALL_FSCONFIG_X",
                            "fd:0 u32:1 text:2 setting:0 setting:1 u32:4 @fd:0",
                            431,
                            431),
                    call(
                            "SOCKET_SOCKETPAIR_X",
                            "pair:0 pair:1 pair:2 pair:3 u32:0 u32:1 u32:2",
                            53,
                            360),
                    call("SOCKET_SHUTDOWN_X", "fd:0 u8:1 @fd:0", 48, 373),
                    call("SYSCALL_IOCTL_3_X", "fd:0 u64:1 u64:2 @fd:0", 16, 54));

    /**
     * Calls that only move bytes: no rule is worth what telling them costs, but a capture may show
     * them.
     */
    static final List<PlannedCall> MOVING =
            List.of(
                    call("SYSCALL_CLOSE_X", "fd:0", 3, 6),
                    call("SYSCALL_READ_X", "data:1 fd:0 u32:2 @fd:0", 0, 3),
                    call("SYSCALL_WRITE_X", "data:1 fd:0 u32:2 @fd:0", 1, 4),
                    call("SYSCALL_PREAD_X", "data:1 fd:0 u32:2 u64:3 @fd:0", 17, 180),
                    call("SYSCALL_PWRITE_X", "data:1 fd:0 u32:2 u64:3 @fd:0", 18, 181),
                    call("SYSCALL_PIPE_X", "pair:4 pair:5 pair:6", 22, 42),
                    call("SYSCALL_PIPE2_X", "pair:4 pair:5 pair:6 descriptor:1", 293, 331));

    PlannedCall {
        ia32 = List.copyOf(ia32);
    }

    private static PlannedCall call(String symbol, String plan, int number, Integer... ia32) {
        return new PlannedCall(EventType.symbol(symbol), CallPlan.of(plan), number, List.of(ia32));
    }
}
