// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.List;

/** Reads an fd list block: the open fds of one thread. */
final class FdList {
    private static final int MAX_TEXT = 1024;
    private static final byte[] NO_ADDRESS = new byte[0];

    private final long tid;
    private final List<Fd> fds;

    private FdList(long tid, List<Fd> fds) {
        this.tid = tid;
        this.fds = fds;
    }

    long tid() {
        return tid;
    }

    List<Fd> fds() {
        return fds;
    }

    static FdList read(Cursor in, int version) {
        long tid = in.u64();
        List<Fd> fds = new ArrayList<>();
        while (in.remaining() >= 4) {
            int start = in.position();
            long length = version >= 2 ? in.u32() : 0;
            long end = version >= 2 ? start + length : Long.MAX_VALUE;
            fds.add(entry(in, end));
            if (version >= 2) {
                in.moveTo(end);
            }
        }
        return new FdList(tid, fds);
    }

    private static Fd entry(Cursor in, long end) {
        long number = in.u64();
        long inode = in.u64();
        FdKind kind = FdKind.of(in.u8());
        Fd fd = new Fd(0).clear(number).kind(kind).inode(inode, 0);
        switch (kind) {
            case IPV4_SOCK -> connection(in, fd, 4);
            case IPV6_SOCK -> connection(in, fd, 16);
            case IPV4_SERVSOCK -> server(in, fd, 4);
            case IPV6_SERVSOCK -> server(in, fd, 16);
            case UNIX_SOCK -> {
                long source = in.u64();
                long destination = in.u64();
                fd.tuple(unixEnd(source), 0, unixEnd(destination), 0);
                name(in, fd);
            }
            case FILE_V2 -> {
                fd.openFlags(in.i32());
                name(in, fd);
                if (end != Long.MAX_VALUE && end - in.position() >= 4) {
                    fd.inode(inode, in.i32());
                }
            }
            case UNKNOWN -> fd.name(NO_ADDRESS, 0, 0);
            case UNSUPPORTED -> {
                if (end - in.position() >= 2) {
                    name(in, fd);
                }
            }
            case FILE,
                    DIRECTORY,
                    FIFO,
                    EVENT,
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
                    name(in, fd);
        }
        return fd;
    }

    private static void connection(Cursor in, Fd fd, int width) {
        byte[] source = in.bytes(width);
        byte[] destination = in.bytes(width);
        int sourcePort = in.u16();
        int destinationPort = in.u16();
        fd.tuple(source, sourcePort, destination, destinationPort).l4proto(in.u8());
    }

    private static void server(Cursor in, Fd fd, int width) {
        byte[] address = in.bytes(width);
        int port = in.u16();
        fd.tuple(NO_ADDRESS, 0, address, port).role(Fd.Role.SERVER).l4proto(in.u8());
    }

    private static void name(Cursor in, Fd fd) {
        Text name = in.text(MAX_TEXT);
        fd.name(name.array(), 0, name.length());
    }

    private static byte[] unixEnd(long pointer) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (pointer >>> (8 * i));
        }
        return bytes;
    }
}
