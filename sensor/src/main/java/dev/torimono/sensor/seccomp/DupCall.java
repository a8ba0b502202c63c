// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.EventBuilder;
import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import dev.torimono.model.Interest;
import dev.torimono.model.Text;
import dev.torimono.sensor.gate.SmallFiles;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * dup, dup2, dup3 before they happen: what the old fd stands for, and the number that the new one
 * will have. Shells and servers do little else, mostly with pipes, so that what nobody wants is
 * told before anybody looks who calls. One thread.
 */
final class DupCall {
    private static final int O_CLOEXEC = 02000000;
    private static final int EBADF = 9;
    private static final String SOCKET = "socket:[";
    private static final int CLIENT = 1;
    private static final int SERVER = 2;

    /** Where the kernel's own choice of ports begins, unless it is told otherwise. */
    private static final int CHOSEN_PORTS = 32_768;

    private final SeccompCalls calls;
    private final BorrowedFd borrowed;
    private final SmallFiles files;
    private final FreeFd free;
    private final String proc;

    /** What an fd stands for; a name of the file system, or the two ends of a socket. */
    @SuppressWarnings("ArrayRecordComponent") // made for one reader, who keeps nothing
    private record Meant(FdKind kind, int protocol, int role, long inode, byte[] name) {}

    DupCall(SeccompCalls calls, BorrowedFd borrowed, SmallFiles files, FreeFd free, String proc) {
        this.calls = calls;
        this.borrowed = borrowed;
        this.files = files;
        this.free = free;
        this.proc = proc;
    }

    /** Its record; null when nobody wants it. */
    @Nullable EventBuilder record(Caught of, int contextFlags, Wanted wanted) {
        int ours = borrowed.take(of, of.fd(0));
        try {
            Text link = link(of, ours);
            if (!wanted.fd(of.type(), kinds(link.toString()))) {
                return null;
            }
            return record(of, contextFlags, wanted, link, object(ours, link));
        } finally {
            if (ours >= 0) {
                calls.close(ours);
            }
        }
    }

    /** What the old fd's link says; empty when there is no such fd. */
    private Text link(Caught of, int ours) {
        if (ours >= 0) {
            return files.pathOf(ours);
        }
        // Older kernels lend nothing, and some profiles forbid it.
        return ours == -EBADF ? Text.EMPTY : files.link(proc + of.tid() + "/fd/" + of.fd(0));
    }

    private @Nullable EventBuilder record(
            Caught of, int contextFlags, Wanted wanted, Text link, Meant object) {
        if (!wanted.fd(of.type(), 1 << object.kind().code())) {
            return null;
        }
        boolean chooses = of.type().paramIndex("newfd") < 0;
        int made = link.isEmpty() ? -EBADF : chooses ? free.lowest(of.tid()) : of.fd(1);
        EventBuilder event = of.begin().number("res", made).number("oldfd", of.fd(0));
        if (!chooses) {
            event.number("newfd", of.fd(1));
        }
        if (of.type().paramIndex("flags") >= 0) {
            int flags = (int) of.notification().argument(2) & O_CLOEXEC;
            event.number("flags", OpenCall.portable(flags) & ~1);
        }
        event.extension(Extension.CONTEXT, of.context(contextFlags));
        return event.extension(Extension.OBJECT, bytes(object));
    }

    /** What the link alone tells of the kind. */
    private static int kinds(String link) {
        if (link.isEmpty()) {
            return 1 << FdKind.UNKNOWN.code();
        }
        if (link.startsWith(SOCKET)) {
            return Interest.ANY_KIND;
        }
        if (link.startsWith("/")) {
            return 1 << FdKind.FILE_V2.code()
                    | 1 << FdKind.DIRECTORY.code()
                    | 1 << FdKind.MEMFD.code();
        }
        return link.startsWith("pipe:[")
                ? 1 << FdKind.FIFO.code()
                : Interest.ANY_KIND
                        & ~(1 << FdKind.IPV4_SOCK.code() | 1 << FdKind.IPV6_SOCK.code());
    }

    private Meant object(int ours, Text link) {
        String text = link.toString();
        if (text.startsWith(SOCKET)) {
            return socket(ours < 0 ? BorrowedFd.Ends.UNKNOWN : borrowed.ends(ours), inode(text));
        }
        FdKind kind =
                text.isEmpty()
                        ? FdKind.UNKNOWN
                        : text.startsWith("pipe:[")
                                ? FdKind.FIFO
                                : text.startsWith("/memfd:")
                                        ? FdKind.MEMFD
                                        : text.startsWith("/")
                                                ? FdKind.FILE_V2
                                                : FdKind.UNSUPPORTED;
        return new Meant(kind, 0, 0, inode(text), Caught.terminated(link));
    }

    /** Who connected is the client; of an accepted connection the own port was not chosen. */
    private static Meant socket(BorrowedFd.Ends ends, long inode) {
        byte[] own = ends.own();
        byte[] peer = ends.peer();
        boolean connected = peer.length > 2;
        FdKind kind = SocketTuple.kind(connected ? peer : own);
        int port = SocketTuple.port(own);
        boolean serves = kind.isInet() && port != 0 && port < CHOSEN_PORTS;
        int role = !connected ? 0 : serves ? SERVER : CLIENT;
        byte[] tuple = serves || !connected ? SocketTuple.of(peer, own) : SocketTuple.of(own, peer);
        return new Meant(kind, SocketTuple.protocol(ends.protocol()), role, inode, tuple);
    }

    private static long inode(String link) {
        int open = link.indexOf('[');
        int close = link.length() - 1;
        try {
            return link.startsWith("/") || open < 0
                    ? 0
                    : Long.parseLong(link.substring(open + 1, close));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static byte[] bytes(Meant object) {
        int head = Extension.OBJECT_HEADER_BYTES;
        ByteBuffer out = Caught.little(head + object.name().length);
        out.put((byte) object.kind().code()).put((byte) object.protocol());
        out.put((byte) object.role()).put((byte) 0).putInt(0).putLong(object.inode());
        return Caught.bytes(out.position(head).put(object.name()));
    }
}
