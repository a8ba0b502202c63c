// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.EventType;
import dev.torimono.model.FdKind;
import java.util.Arrays;

/** What each type of event changes in the recorded machine's state. */
final class Changes {
    /** One change. */
    @FunctionalInterface
    interface Change {
        void apply(Occurrence o);
    }

    private static final Change NONE = _ -> {};

    private final Change[] byCode = new Change[EventType.count()];

    Changes(
            FileEffects files,
            SocketEffects sockets,
            TaskEffects task,
            CloneEffect clone,
            ExecEffect exec,
            Endings endings,
            CaptureAccounts accounts,
            Change containers) {
        Arrays.fill(byCode, NONE);
        tasks(clone, exec, endings);
        files(files, endings);
        anonymousFiles(files);
        sockets(sockets);
        credentials(task);
        surroundings(task);
        set(containers, "CONTAINER_JSON_2_E", "ASYNCEVENT_E");
        set(o -> accounts.userAdded(o.event()), "USER_ADDED_E");
        set(o -> accounts.userDeleted(o.event()), "USER_DELETED_E");
        set(o -> accounts.groupAdded(o.event()), "GROUP_ADDED_E");
        set(o -> accounts.groupDeleted(o.event()), "GROUP_DELETED_E");
    }

    void apply(Occurrence o) {
        byCode[o.event().type().code()].apply(o);
    }

    private void tasks(CloneEffect clone, ExecEffect exec, Endings endings) {
        set(
                clone::apply,
                "SYSCALL_CLONE_20_X",
                "SYSCALL_FORK_20_X",
                "SYSCALL_VFORK_20_X",
                "SYSCALL_CLONE3_X");
        set(exec::apply, "SYSCALL_EXECVE_19_X", "SYSCALL_EXECVEAT_X");
        set(endings::end, "PROCEXIT_1_E");
        set(Occurrence::keepEnter, "SYSCALL_EXECVEAT_E", "SOCKET_CONNECT_E");
        set(
                Occurrence::keepEnterUnlessEmpty,
                "SYSCALL_OPEN_E",
                "SYSCALL_CREAT_E",
                "SYSCALL_OPENAT_2_E",
                "SYSCALL_OPENAT2_E",
                "SYSCALL_EXECVE_19_E");
    }

    private void files(FileEffects files, Endings endings) {
        set(
                files::open,
                "SYSCALL_OPEN_X",
                "SYSCALL_CREAT_X",
                "SYSCALL_OPENAT_2_X",
                "SYSCALL_OPENAT2_X",
                "SYSCALL_OPEN_BY_HANDLE_AT_X");
        set(endings::close, "SYSCALL_CLOSE_X");
        set(o -> files.duplicate(o, -1), "SYSCALL_DUP_1_X", "SYSCALL_DUP2_X");
        set(o -> files.duplicate(o, 3), "SYSCALL_DUP3_X");
        set(files::fcntl, "SYSCALL_FCNTL_X");
        set(o -> files.pipe(o, -1), "SYSCALL_PIPE_X");
        set(o -> files.pipe(o, 4), "SYSCALL_PIPE2_X");
        set(files::memoryFile, "SYSCALL_MEMFD_CREATE_X");
        set(files::pidFd, "SYSCALL_PIDFD_OPEN_X");
        set(files::pidFdGet, "SYSCALL_PIDFD_GETFD_X");
    }

    private void anonymousFiles(FileEffects files) {
        set(o -> files.anonymous(o, FdKind.EVENT, 0), "SYSCALL_EVENTFD_X");
        set(o -> files.anonymous(o, FdKind.EVENT, flags(o)), "SYSCALL_EVENTFD2_X");
        set(o -> files.anonymous(o, FdKind.SIGNALFD, 0), "SYSCALL_SIGNALFD_X");
        set(o -> files.anonymous(o, FdKind.SIGNALFD, flags(o)), "SYSCALL_SIGNALFD4_X");
        set(o -> files.anonymous(o, FdKind.TIMERFD, 0), "SYSCALL_TIMERFD_CREATE_X");
        set(o -> files.anonymous(o, FdKind.INOTIFY, 0), "SYSCALL_INOTIFY_INIT_X");
        set(o -> files.anonymous(o, FdKind.INOTIFY, flags(o)), "SYSCALL_INOTIFY_INIT1_X");
        set(o -> files.anonymous(o, FdKind.USERFAULTFD, flags(o)), "SYSCALL_USERFAULTFD_X");
        set(o -> files.anonymous(o, FdKind.EVENTPOLL, 0), "SYSCALL_EPOLL_CREATE_X");
        set(
                o -> files.anonymous(o, FdKind.EVENTPOLL, OpenFlags.ofFirstBit(flags(o))),
                "SYSCALL_EPOLL_CREATE1_X");
        // The kernel closes these on exec in any case.
        set(o -> files.anonymous(o, FdKind.BPF, OpenFlags.CLOEXEC), "SYSCALL_BPF_2_X");
        set(o -> files.anonymous(o, FdKind.IOURING, OpenFlags.CLOEXEC), "SYSCALL_IO_URING_SETUP_X");
    }

    private static int flags(Occurrence o) {
        return (int) o.event().number(1);
    }

    private void sockets(SocketEffects sockets) {
        set(sockets::socket, "SOCKET_SOCKET_X");
        set(sockets::pair, "SOCKET_SOCKETPAIR_X");
        set(sockets::bind, "SOCKET_BIND_X");
        set(sockets::connect, "SOCKET_CONNECT_X");
        set(o -> sockets.accept(o, -1), "SOCKET_ACCEPT_5_X");
        set(o -> sockets.accept(o, 5), "SOCKET_ACCEPT4_6_X");
        set(o -> sockets.receive(o, 2), "SOCKET_RECVFROM_X");
        set(o -> sockets.receive(o, 3), "SOCKET_RECVMSG_X");
        set(o -> sockets.receive(o, 4), "SOCKET_RECV_X", "SOCKET_RECVMMSG_X");
        set(sockets::sendOnAny, "SOCKET_SEND_X", "SOCKET_SENDTO_X", "SOCKET_SENDMSG_X");
        set(sockets::send, "SOCKET_SENDMMSG_X");
        set(
                sockets::transferred,
                "SYSCALL_READ_X",
                "SYSCALL_READV_X",
                "SYSCALL_PREAD_X",
                "SYSCALL_PREADV_X",
                "SYSCALL_WRITE_X",
                "SYSCALL_WRITEV_X",
                "SYSCALL_PWRITE_X",
                "SYSCALL_PWRITEV_X");
    }

    private void credentials(TaskEffects task) {
        set(o -> task.user(o, 1), "SYSCALL_SETUID_X");
        set(o -> task.group(o, 1), "SYSCALL_SETGID_X");
        set(o -> task.user(o, 2), "SYSCALL_SETRESUID_X", "SYSCALL_SETREUID_X");
        set(o -> task.group(o, 2), "SYSCALL_SETRESGID_X", "SYSCALL_SETREGID_X");
        set(task::capset, "SYSCALL_CAPSET_X");
        set(o -> task.namespaces(o, 1), "SYSCALL_UNSHARE_X");
        set(o -> task.namespaces(o, 2), "SYSCALL_SETNS_X");
        set(task::session, "SYSCALL_SETSID_X");
    }

    private void surroundings(TaskEffects task) {
        set(task::chdir, "SYSCALL_CHDIR_X", "SYSCALL_GETCWD_X");
        set(task::fchdir, "SYSCALL_FCHDIR_X");
        set(task::chroot, "SYSCALL_CHROOT_X");
        set(task::prctl, "SYSCALL_PRCTL_X");
        set(task::limit, "SYSCALL_GETRLIMIT_X", "SYSCALL_SETRLIMIT_X");
        set(task::limitOf, "SYSCALL_PRLIMIT_X");
        set(task::switched, "SCHEDSWITCH_6_E");
        set(
                task::memory,
                "SYSCALL_BRK_4_X",
                "SYSCALL_MMAP_X",
                "SYSCALL_MMAP2_X",
                "SYSCALL_MUNMAP_X");
    }

    private void set(Change change, String... symbols) {
        for (String symbol : symbols) {
            byCode[EventType.symbol(symbol).code()] = change;
        }
    }
}
