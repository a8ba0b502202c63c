// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes addresses out of parameters into fds. IPv4 addresses mapped into IPv6 become IPv4 again.
 * Works on its own buffers.
 */
final class SocketTuples {
    private static final int L4_UDP = 3;
    private static final int UNIX_PATH = 17;

    private final SocketName names;
    private final byte[] source = new byte[16];
    private final byte[] destination = new byte[16];
    private Interfaces interfaces = new Interfaces(List.of());
    private int family;
    private int sourcePort;
    private int destinationPort;

    SocketTuples(SocketName names) {
        this.names = names;
    }

    void begin(Interfaces ofMachine) {
        interfaces = ofMachine;
    }

    /** Reads both ends of a SOCKTUPLE; false when it is none of the internet. */
    private boolean readTuple(Event event, int param) {
        family = event.has(param) ? event.byteAt(param, 0) : 0;
        int width = family == SocketName.INET ? 4 : family == SocketName.INET6 ? 16 : 0;
        if (width == 0 || event.length(param) < 1 + 2 * (width + 2)) {
            return false;
        }
        event.copy(param, 1, source, 0, width);
        sourcePort = event.u16At(param, 1 + width);
        event.copy(param, 3 + width, destination, 0, width);
        destinationPort = event.u16At(param, 3 + 2 * width);
        if (width == 16 && mapped(source) && mapped(destination)) {
            unmap(source);
            unmap(destination);
            family = SocketName.INET;
        }
        clearTail();
        return true;
    }

    /** Reads a SOCKADDR as destination; false when it is none of the internet. */
    private boolean readAddress(Event event, int param) {
        family = event.has(param) ? event.byteAt(param, 0) : 0;
        int width = family == SocketName.INET ? 4 : family == SocketName.INET6 ? 16 : 0;
        if (width == 0 || event.length(param) < 3 + width) {
            return false;
        }
        event.copy(param, 1, destination, 0, width);
        destinationPort = event.u16At(param, 1 + width);
        return true;
    }

    private void clearTail() {
        if (family == SocketName.INET) {
            Arrays.fill(source, 4, 16, (byte) 0);
            Arrays.fill(destination, 4, 16, (byte) 0);
        }
    }

    private FdKind connectionKind() {
        return family == SocketName.INET ? FdKind.IPV4_SOCK : FdKind.IPV6_SOCK;
    }

    void bind(Fd fd, Event event, int param) {
        if (readAddress(event, param)) {
            boolean wasSix = family == SocketName.INET6;
            if (destinationPort > 0) {
                if (wasSix && mapped(destination)) {
                    unmap(destination);
                    family = SocketName.INET;
                }
                Arrays.fill(source, (byte) 0);
                clearTail();
                boolean four = family == SocketName.INET;
                fd.kind(four ? FdKind.IPV4_SERVSOCK : FdKind.IPV6_SERVSOCK);
                fd.tuple(source, 0, destination, destinationPort).role(Fd.Role.SERVER);
            }
            nameAddress(fd, event, param, wasSix);
        } else if (family == SocketName.UNIX) {
            names.namePath(fd, event, param, 1);
        } else {
            names.nameFamily(fd, family);
        }
    }

    /** The name shows the address as it was given, mapped or not. */
    private void nameAddress(Fd fd, Event event, int param, boolean six) {
        readAddress(event, param);
        names.nameAddress(fd, destination, destinationPort, six);
    }

    /** A connect without tuple: only the address of the enter event is known. */
    void destination(Fd fd, Event enter, int param) {
        if (readAddress(enter, param)) {
            if (family == SocketName.INET6 && mapped(destination)) {
                unmap(destination);
                family = SocketName.INET;
            }
            byte[] from = fd.sourceAddress().clone();
            Arrays.fill(destination, family == SocketName.INET ? 4 : 16, 16, (byte) 0);
            fd.kind(connectionKind()).tuple(from, fd.sourcePort(), destination, destinationPort);
        }
    }

    /**
     * Takes the tuple of a connect. Where it repeats the address that the call was given, the enter
     * event's copy of that address counts: it cannot have been changed meanwhile.
     */
    void connect(Fd fd, Event event, @Nullable Event enter) {
        if (!readTuple(event, 1)) {
            if (family == SocketName.UNIX && fd.kind() == FdKind.UNIX_SOCK) {
                unix(fd, event, 1);
                clientUnlessKnown(fd);
            }
            return;
        }
        if (enter != null && event.has(3)) {
            preferEntered(event, enter);
        }
        boolean same = set(fd);
        if (!same && fd.role() == Fd.Role.SERVER && fd.l4proto() == L4_UDP) {
            SocketEffects.swap(fd);
        }
        names.name(fd);
        clientUnlessKnown(fd);
    }

    private void preferEntered(Event event, Event enter) {
        byte[] tupleAddress = destination.clone();
        int tuplePort = destinationPort;
        int tupleFamily = family;
        boolean repeats =
                readAddress(event, 3)
                        && destinationPort == tuplePort
                        && Arrays.equals(destination, tupleAddress);
        if (!repeats || !readAddress(enter, 1)) {
            System.arraycopy(tupleAddress, 0, destination, 0, 16);
            destinationPort = tuplePort;
        }
        family = tupleFamily;
        clearTail();
    }

    private static void clientUnlessKnown(Fd fd) {
        if (fd.role() == Fd.Role.UNKNOWN) {
            fd.role(Fd.Role.CLIENT);
        }
    }

    void accepted(Fd fd, Event event, int param) {
        if (readTuple(event, param)) {
            fd.kind(connectionKind()).tuple(source, sourcePort, destination, destinationPort);
            names.name(fd);
        } else if (family == SocketName.UNIX) {
            fd.kind(FdKind.UNIX_SOCK);
            unix(fd, event, param);
        }
    }

    /** Takes over the tuple of a datagram; false when it tells nothing new. */
    boolean update(Fd fd, Event event, int param) {
        if (!event.has(param)) {
            return false;
        }
        if (!readTuple(event, param)) {
            if (family == SocketName.UNIX) {
                fd.kind(FdKind.UNIX_SOCK);
                unix(fd, event, param);
                return true;
            }
            return false;
        }
        if (set(fd)) {
            return false;
        }
        if (fd.l4proto() == 0) {
            // TCP would refuse another address in the middle of a connection.
            fd.l4proto(L4_UDP);
        }
        interfaces.complete(fd);
        return true;
    }

    /** Sets both ends; true when they were the same already, in this order or the other. */
    private boolean set(Fd fd) {
        boolean wasConnection = fd.kind() == connectionKind();
        fd.kind(connectionKind());
        if (wasConnection
                && (same(fd, source, sourcePort, destination, destinationPort)
                        || same(fd, destination, destinationPort, source, sourcePort))) {
            return true;
        }
        boolean unchanged = same(fd, source, sourcePort, destination, destinationPort);
        fd.tuple(source, sourcePort, destination, destinationPort);
        return unchanged;
    }

    private static boolean same(Fd fd, byte[] from, int fromPort, byte[] to, int toPort) {
        return fd.sourcePort() == fromPort
                && fd.destinationPort() == toPort
                && Arrays.equals(fd.sourceAddress(), from)
                && Arrays.equals(fd.destinationAddress(), to);
    }

    private void unix(Fd fd, Event event, int param) {
        if (event.length(param) < UNIX_PATH) {
            return;
        }
        long from = event.u64At(param, 1);
        long to = event.u64At(param, 9);
        unixEnds(fd, from, to);
        names.nameUnix(fd, event, param, from, to, UNIX_PATH);
    }

    /** The two kernel addresses of a UNIX socket stand where internet addresses would. */
    void unixEnds(Fd fd, long from, long to) {
        for (int i = 0; i < 8; i++) {
            source[i] = (byte) (from >>> (8 * i));
            destination[i] = (byte) (to >>> (8 * i));
        }
        Arrays.fill(source, 8, 16, (byte) 0);
        Arrays.fill(destination, 8, 16, (byte) 0);
        fd.tuple(source, 0, destination, 0);
    }

    private static boolean zero(byte[] address) {
        for (byte b : address) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** An IPv4 address in IPv6's clothes; all zeros counts as one. */
    static boolean mapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        boolean real = address[10] == -1 && address[11] == -1;
        return real || zero(address);
    }

    static void unmap(byte[] address) {
        System.arraycopy(address, 12, address, 0, 4);
        Arrays.fill(address, 4, 16, (byte) 0);
    }
}
