// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Observation;
import dev.torimono.model.Text;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of internet sockets. The client's end is {@link Fd#sourceAddress()}, the server's
 * {@link Fd#destinationAddress()}; which of them is near follows from the role, or from the
 * machine's addresses where the role is unknown.
 */
final class SocketFields {
    private static final Text[] PROTOCOLS = {
        Text.of("<NA>"),
        Text.of("<NA>"),
        Text.of("tcp"),
        Text.of("udp"),
        Text.of("icmp"),
        Text.of("raw")
    };
    private static final Text IP = Text.of("ip");
    private static final Text UNIX = Text.of("unix");

    private SocketFields() {}

    private enum End {
        CLIENT,
        SERVER,
        LOCAL,
        REMOTE
    }

    static @Nullable Reader of(String name) {
        return switch (name) {
            case "fd.cip", "fd.cnet" -> address(End.CLIENT);
            case "fd.sip", "fd.snet" -> address(End.SERVER);
            case "fd.lip", "fd.lnet" -> address(End.LOCAL);
            case "fd.rip", "fd.rnet" -> address(End.REMOTE);
            case "fd.cport" -> port(End.CLIENT);
            case "fd.sport" -> port(End.SERVER);
            case "fd.lport" -> port(End.LOCAL);
            case "fd.rport" -> port(End.REMOTE);
            case "fd.cproto" -> portText(End.CLIENT);
            case "fd.sproto" -> portText(End.SERVER);
            case "fd.lproto" -> portText(End.LOCAL);
            case "fd.rproto" -> portText(End.REMOTE);
            case "fd.ip", "fd.port", "fd.net" -> FdFields.known((o, fd, v) -> v.number(0));
            case "fd.proto" -> FdFields.known((o, fd, v) -> fd.kind().isInet() && v.number(0));
            case "fd.l4proto" ->
                    FdFields.known(
                            (o, fd, v) ->
                                    v.text(
                                            PROTOCOLS[
                                                    fd.kind().isInet() && fd.l4proto() <= 5
                                                            ? fd.l4proto()
                                                            : 0]));
            case "fd.sockfamily" -> FdFields.known(SocketFields::family);
            case "fd.is_server" -> FdFields.known((o, fd, v) -> v.bool(isServer(o, fd)));
            case "fd.cip.name" -> name(End.CLIENT);
            case "fd.sip.name" -> name(End.SERVER);
            case "fd.lip.name" -> name(End.LOCAL);
            case "fd.rip.name" -> name(End.REMOTE);
            default -> null;
        };
    }

    /** Fields that compare with either end. */
    static @Nullable Reader bothEnds(String name) {
        return switch (name) {
            case "fd.ip", "fd.net" -> SocketFields::addresses;
            case "fd.port", "fd.proto" -> SocketFields::ports;
            default -> null;
        };
    }

    private static boolean addresses(Observation o, Value value) {
        value.clear();
        Fd fd = o.fd();
        if (fd == null || !fd.kind().isInet()) {
            return false;
        }
        int width = width(fd);
        if (!isListening(fd)) {
            value.add(fd.sourceAddress(), 0, width);
        }
        value.add(fd.destinationAddress(), 0, width);
        return true;
    }

    private static boolean ports(Observation o, Value value) {
        value.clear();
        Fd fd = o.fd();
        if (fd == null || !fd.kind().isInet()) {
            return false;
        }
        if (!isListening(fd)) {
            value.add(fd.sourcePort());
        }
        value.add(fd.destinationPort());
        return true;
    }

    private static boolean family(Observation o, Fd fd, Value value) {
        if (fd.kind().isInet()) {
            return value.text(IP);
        }
        return fd.kind() == FdKind.UNIX_SOCK && value.text(UNIX);
    }

    private static boolean isConnectedUnix(Fd fd) {
        return fd.kind() == FdKind.UNIX_SOCK && fd.role() != Fd.Role.UNKNOWN;
    }

    static int width(Fd fd) {
        return fd.kind().isIpv4() ? Addresses.V4_BYTES : Addresses.V6_BYTES;
    }

    private static boolean isListening(Fd fd) {
        return fd.kind() == FdKind.IPV4_SERVSOCK || fd.kind() == FdKind.IPV6_SERVSOCK;
    }

    private static boolean isServer(Observation o, Fd fd) {
        if (!fd.kind().isInet()) {
            return false;
        }
        return isListening(fd)
                || fd.role() == Fd.Role.SERVER
                || o.addresses().isLocal(fd.destinationAddress(), width(fd));
    }

    /** Whether the end is the client's; {@code hasEnd} must hold. */
    private static boolean isClientEnd(Observation o, Fd fd, End end) {
        return switch (end) {
            case CLIENT -> true;
            case SERVER -> false;
            case LOCAL -> isClientNear(o, fd);
            case REMOTE -> !isClientNear(o, fd);
        };
    }

    private static boolean isClientNear(Observation o, Fd fd) {
        if (o.addresses().decideNearEnd()) {
            // A container's addresses are its own, even where they read as the machine's.
            return o.container() == null && o.addresses().isLocal(fd.sourceAddress(), width(fd));
        }
        return switch (fd.role()) {
            case CLIENT -> true;
            case SERVER -> false;
            case UNKNOWN -> o.addresses().isLocal(fd.sourceAddress(), width(fd));
        };
    }

    private static boolean hasEnd(Observation o, Fd fd, End end) {
        if (!fd.kind().isInet()) {
            return false;
        }
        if (isListening(fd)) {
            return end == End.SERVER;
        }
        if (fd.role() != Fd.Role.UNKNOWN || o.addresses().decideNearEnd()) {
            return fd.role() != Fd.Role.UNKNOWN;
        }
        return fd.connected() || fd.nameLength() > 0;
    }

    private static Reader address(End end) {
        return FdFields.known(
                (o, fd, v) ->
                        hasEnd(o, fd, end)
                                && v.text(
                                        isClientEnd(o, fd, end)
                                                ? fd.sourceAddress()
                                                : fd.destinationAddress(),
                                        0,
                                        width(fd)));
    }

    private static Reader name(End end) {
        return FdFields.known(
                (o, fd, v) -> {
                    Text name =
                            hasEnd(o, fd, end)
                                    ? o.names()
                                            .name(
                                                    isClientEnd(o, fd, end)
                                                            ? fd.sourceAddress()
                                                            : fd.destinationAddress(),
                                                    width(fd))
                                    : null;
                    return name != null && v.text(name);
                });
    }

    private static int port(Observation o, Fd fd, End end) {
        return isClientEnd(o, fd, end) ? fd.sourcePort() : fd.destinationPort();
    }

    private static Reader port(End end) {
        return FdFields.known((o, fd, v) -> hasEnd(o, fd, end) && v.number(port(o, fd, end)));
    }

    private static Reader portText(End end) {
        boolean ofListening = end == End.CLIENT || end == End.SERVER;
        return FdFields.known(
                (o, fd, v) -> {
                    if (end == End.CLIENT && isConnectedUnix(fd)) {
                        return v.text(Text.EMPTY);
                    }
                    if (isListening(fd)) {
                        return ofListening && v.text(Text.EMPTY);
                    }
                    return hasEnd(o, fd, end) && v.begin().appendDecimal(port(o, fd, end)).end();
                });
    }
}
