// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What sockets become by bind, connect, accept, and by what is sent and received. */
final class SocketEffects {
    private static final int EINPROGRESS = 115;
    private static final int NETLINK = 16;
    private static final int STREAM = 1;
    private static final int DATAGRAM = 2;
    private static final int RAW = 3;
    private static final int L4_TCP = 2;
    private static final int L4_UDP = 3;
    private static final int L4_ICMP = 4;
    private static final int L4_RAW = 5;
    private static final int IP = 0;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int IP_RAW = 255;

    private final SocketName names;
    private final SocketTuples tuples;

    SocketEffects(SocketName names) {
        this.names = names;
        this.tuples = new SocketTuples(names);
    }

    void begin(Interfaces interfaces) {
        tuples.begin(interfaces);
        names.takeChanged();
    }

    void socket(Occurrence o) {
        if (o.result() < 0) {
            return;
        }
        Event event = o.event();
        int domain = (int) event.number(1);
        Fd fd = add(o, o.result(), domain, (int) event.number(2), (int) event.number(3));
        if (fd != null) {
            fd.openFlags((int) event.number(4));
        }
    }

    private static @Nullable Fd add(Occurrence o, long number, int domain, int type, int protocol) {
        Fd fd = o.open(number);
        if (fd == null) {
            return null;
        }
        if (domain == SocketName.UNIX) {
            fd.kind(FdKind.UNIX_SOCK);
        } else if (domain == SocketName.INET || domain == SocketName.INET6) {
            boolean four = domain == SocketName.INET;
            fd.kind(four ? FdKind.IPV4_SOCK : FdKind.IPV6_SOCK);
            fd.l4proto(l4proto(type, protocol));
        } else if (domain == NETLINK) {
            fd.kind(FdKind.NETLINK);
        }
        return fd;
    }

    private static int l4proto(int type, int protocol) {
        return switch (protocol) {
            case TCP -> type == RAW ? L4_RAW : L4_TCP;
            case UDP -> type == RAW ? L4_RAW : L4_UDP;
            case ICMP -> type == RAW ? L4_RAW : L4_ICMP;
            case IP_RAW -> L4_RAW;
            case IP ->
                    // The upper bits carry SOCK_NONBLOCK and SOCK_CLOEXEC.
                    switch (type & 0xff) {
                        case STREAM -> L4_TCP;
                        case DATAGRAM -> L4_UDP;
                        default -> 0;
                    };
            default -> 0;
        };
    }

    void pair(Occurrence o) {
        Event event = o.event();
        long first = event.number(1);
        long second = event.number(2);
        if (o.result() < 0 || first == second) {
            o.fd(null);
            return;
        }
        for (long number : new long[] {second, first}) {
            Fd fd = o.open(number);
            if (fd != null) {
                fd.kind(FdKind.UNIX_SOCK);
                fd.openFlags(OpenFlags.ofNativeSocket(event.number(6)));
                tuples.unixEnds(fd, event.number(3), event.number(4));
            }
        }
    }

    void bind(Occurrence o) {
        Fd fd = o.fd();
        if (fd == null || o.result() < 0 || !o.event().has(1)) {
            return;
        }
        tuples.bind(fd, o.event(), 1);
        tellNamed(o, fd);
    }

    void connect(Occurrence o) {
        Fd fd = o.fd();
        long result = o.result();
        if (fd == null || (result < 0 && result != -EINPROGRESS)) {
            return;
        }
        fd.connected(true);
        Event event = o.event();
        Event enter = o.enter();
        if (event.has(1)) {
            tuples.connect(fd, event, enter != null && enter.has(1) ? enter : null);
        } else if (enter != null && enter.has(1)) {
            tuples.destination(fd, enter, 1);
        }
        tellNamed(o, fd);
    }

    void accept(Occurrence o, int flagsParam) {
        CapturedTask task = o.task();
        long number = o.result();
        Event event = o.event();
        if (task == null || number < 0) {
            return;
        }
        task.lastFd(number);
        int family = event.has(1) ? event.byteAt(1, 0) : 0;
        if (family != SocketName.UNIX && family != SocketName.INET && family != SocketName.INET6) {
            return;
        }
        Fd fd = o.open(number);
        if (fd == null) {
            return;
        }
        tuples.accepted(fd, event, 1);
        if (fd.kind().isInet()) {
            fd.l4proto(L4_TCP);
        }
        int flags = flagsParam < 0 ? 0 : OpenFlags.ofNativeSocket(event.number(flagsParam));
        fd.role(Fd.Role.SERVER).connected(true).openFlags(flags);
        tellNamed(o, fd);
    }

    void receive(Occurrence o, int tupleParam) {
        Fd fd = transferred(o);
        if (fd == null || (fd.nameLength() > 0 && isTcp(fd))) {
            return;
        }
        if (tuples.update(fd, o.event(), tupleParam)) {
            if (fd.kind().isInet()) {
                guessRole(o, fd, true);
                if (fd.role() == Fd.Role.CLIENT) {
                    swap(fd);
                }
                names.name(fd);
            }
            tellNamed(o, fd);
        }
    }

    void sendOnAny(Occurrence o) {
        if (o.fd() == null) {
            infer(o);
        }
        send(o);
    }

    void send(Occurrence o) {
        Fd fd = transferred(o);
        if (fd == null || (fd.nameLength() > 0 && isTcp(fd))) {
            return;
        }
        if (tuples.update(fd, o.event(), 4)) {
            if (fd.kind().isInet()) {
                guessRole(o, fd, false);
                if (fd.role() == Fd.Role.SERVER) {
                    swap(fd);
                }
                names.name(fd);
            }
            tellNamed(o, fd);
        }
    }

    /** The fd of a successful transfer; a socket that transfers is connected. */
    @Nullable Fd transferred(Occurrence o) {
        Fd fd = o.fd();
        if (fd == null || !o.event().has(0) || o.result() < 0) {
            return null;
        }
        if (fd.kind() == FdKind.IPV4_SOCK || fd.kind() == FdKind.IPV6_SOCK) {
            fd.connected(true);
        }
        return fd;
    }

    private void tellNamed(Occurrence o, Fd fd) {
        if (names.takeChanged()) {
            o.named(fd);
        }
    }

    /** Who sends on an fd that nobody opened most likely has a datagram socket. */
    private static void infer(Occurrence o) {
        Event event = o.event();
        if (o.task() == null || o.result() < 0 || !event.has(4) || !event.has(2)) {
            return;
        }
        int family = event.byteAt(4, 0);
        if (family == SocketName.INET || family == SocketName.INET6) {
            add(o, event.number(2), family, DATAGRAM, UDP);
        }
    }

    private static boolean isTcp(Fd fd) {
        return fd.kind().isInet() && fd.l4proto() == L4_TCP;
    }

    /** Who has the destination's port bound is the server. */
    private static void guessRole(Occurrence o, Fd fd, boolean incoming) {
        CapturedTask task = o.task();
        FdMap map = task == null ? null : task.fds();
        if (fd.role() != Fd.Role.UNKNOWN || map == null) {
            return;
        }
        boolean[] found = new boolean[2];
        boolean four = fd.kind().isIpv4();
        map.forEach(
                other -> {
                    FdKind kind = other.kind();
                    boolean connection = kind == FdKind.IPV4_SOCK;
                    boolean bound = connection || kind == FdKind.IPV4_SERVSOCK;
                    found[0] |= four && bound && other.destinationPort() == fd.destinationPort();
                    found[1] |= connection && other.sourcePort() == fd.sourcePort();
                });
        boolean server = found[0] && (!found[1] || incoming);
        fd.role(server ? Fd.Role.SERVER : Fd.Role.CLIENT);
    }

    static void swap(Fd fd) {
        byte[] source = Arrays.copyOf(fd.sourceAddress(), 16);
        byte[] destination = Arrays.copyOf(fd.destinationAddress(), 16);
        fd.tuple(destination, fd.destinationPort(), source, fd.sourcePort());
    }
}
