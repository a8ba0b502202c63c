// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;

/** Writes one entry of an fd list of version 2; {@link FdList} reads it. */
final class FdEntry {
    private static final int MAX_TEXT = 1024;

    private FdEntry() {}

    static void write(Block to, Fd fd) {
        FdKind kind = fd.kind().code() > ScapWriter.NEWEST_KIND ? FdKind.UNSUPPORTED : fd.kind();
        int at = to.openEntry();
        to.u64(fd.number()).u64(fd.inode()).u8(kind.code());
        switch (kind) {
            case IPV4_SOCK -> connection(to, fd, 4);
            case IPV6_SOCK -> connection(to, fd, 16);
            case IPV4_SERVSOCK -> server(to, fd, 4);
            case IPV6_SERVSOCK -> server(to, fd, 16);
            case UNIX_SOCK -> {
                to.u64(0).u64(0);
                name(to, fd);
            }
            case FILE_V2 -> {
                to.u32(fd.openFlags());
                name(to, fd);
                to.u32(fd.device());
            }
            case UNKNOWN -> {
                // Nothing more is told of one.
            }
            case FILE,
                    DIRECTORY,
                    FIFO,
                    EVENT,
                    UNSUPPORTED,
                    SIGNALFD,
                    EVENTPOLL,
                    INOTIFY,
                    TIMERFD,
                    NETLINK,
                    BPF,
                    USERFAULTFD,
                    IOURING,
                    MEMFD,
                    PIDFD ->
                    name(to, fd);
        }
        to.closeEntry(at, 0);
    }

    /** The near end first: of a server's connection that is the one the client went to. */
    private static void connection(Block to, Fd fd, int width) {
        boolean serves = fd.role() == Fd.Role.SERVER;
        byte[] near = serves ? fd.destinationAddress() : fd.sourceAddress();
        byte[] far = serves ? fd.sourceAddress() : fd.destinationAddress();
        to.raw(near, 0, width).raw(far, 0, width);
        to.u16(serves ? fd.destinationPort() : fd.sourcePort());
        to.u16(serves ? fd.sourcePort() : fd.destinationPort()).u8(fd.l4proto());
    }

    private static void server(Block to, Fd fd, int width) {
        to.raw(fd.destinationAddress(), 0, width).u16(fd.destinationPort()).u8(fd.l4proto());
    }

    private static void name(Block to, Fd fd) {
        to.text(fd.name(), fd.nameLength(), MAX_TEXT);
    }
}
