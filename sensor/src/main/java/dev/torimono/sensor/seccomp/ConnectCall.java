// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.EventBuilder;
import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * connect before it happens: to whom is in the arguments; the own end is not known yet and told as
 * zero. One thread.
 */
final class ConnectCall {
    private static final int ADDRESS_BYTES = 128;
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    /** Families as the .scap format numbers them. */
    private static final byte PORTABLE_UNIX = 1;

    private static final byte PORTABLE_INET = 2;
    private static final byte PORTABLE_INET6 = 10;
    private static final int MAPPED_BYTES = 12;
    private static final int ROLE_CLIENT = 1;

    private final TaskMemory memory;

    ConnectCall(TaskMemory memory) {
        this.memory = memory;
    }

    EventBuilder record(Caught of, int contextFlags) {
        int length = (int) Math.min(of.notification().argument(2) & 0xffffffffL, ADDRESS_BYTES);
        byte[] address = memory.bytes(of.tid(), of.notification().argument(1), length);
        byte[] tuple = tuple(address);
        EventBuilder event = of.begin().number("res", 0).bytes("tuple", tuple);
        event.number("fd", of.fd(0)).bytes("addr", portable(address));
        event.extension(Extension.CONTEXT, of.context(contextFlags));
        return event.extension(Extension.OBJECT, object(tuple));
    }

    private static byte[] object(byte[] tuple) {
        FdKind kind =
                switch (tuple.length == 0 ? 0 : tuple[0]) {
                    case PORTABLE_UNIX -> FdKind.UNIX_SOCK;
                    case PORTABLE_INET -> FdKind.IPV4_SOCK;
                    case PORTABLE_INET6 -> FdKind.IPV6_SOCK;
                    default -> FdKind.UNKNOWN;
                };
        ByteBuffer object = Caught.little(Extension.OBJECT_HEADER_BYTES + tuple.length);
        object.put((byte) kind.code()).put((byte) 0).put((byte) ROLE_CLIENT);
        object.position(Extension.OBJECT_HEADER_BYTES).put(tuple);
        return Caught.bytes(object);
    }

    private static int family(byte[] address) {
        return address.length < 2 ? 0 : (address[0] & 0xff) | (address[1] & 0xff) << 8;
    }

    private static int port(byte[] address) {
        return (address[2] & 0xff) << 8 | (address[3] & 0xff);
    }

    /** Whether an IPv6 address is an IPv4 one in disguise. */
    private static boolean isMapped(byte[] address) {
        for (int i = 8; i < 18; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[18] == -1 && address[19] == -1;
    }

    /** A SOCKTUPLE: family, own address and port, the other's. */
    private static byte[] tuple(byte[] address) {
        int family = family(address);
        if (family == AF_INET && address.length >= 8) {
            return inet(address, 4, 4, PORTABLE_INET);
        }
        if (family == AF_INET6 && address.length >= 24) {
            return isMapped(address)
                    ? inet(address, 8 + MAPPED_BYTES, 4, PORTABLE_INET)
                    : inet(address, 8, 16, PORTABLE_INET6);
        }
        if (family == AF_UNIX) {
            byte[] name = unixName(address);
            ByteBuffer tuple = Caught.little(17 + name.length);
            tuple.put(PORTABLE_UNIX).position(17).put(name);
            return Caught.bytes(tuple);
        }
        return new byte[0];
    }

    private static byte[] inet(byte[] address, int from, int width, byte family) {
        ByteBuffer tuple = Caught.little(1 + 2 * (width + 2));
        tuple.put(family).position(1 + width + 2).put(address, from, width);
        tuple.putShort((short) port(address));
        return Caught.bytes(tuple);
    }

    /** A SOCKADDR: family, address, port. */
    private static byte[] portable(byte[] address) {
        int family = family(address);
        if (family == AF_INET && address.length >= 8) {
            return portable(address, PORTABLE_INET, 4, 4);
        }
        if (family == AF_INET6 && address.length >= 24) {
            return portable(address, PORTABLE_INET6, 8, 16);
        }
        if (family == AF_UNIX) {
            byte[] name = unixName(address);
            ByteBuffer out = Caught.little(1 + name.length);
            out.put(PORTABLE_UNIX).put(name);
            return Caught.bytes(out);
        }
        return new byte[0];
    }

    private static byte[] portable(byte[] address, byte family, int from, int width) {
        ByteBuffer out = Caught.little(1 + width + 2);
        out.put(family).put(address, from, width).putShort((short) port(address));
        return Caught.bytes(out);
    }

    /** NUL-terminated; of an abstract socket the name behind its leading NUL, marked by an at. */
    private static byte[] unixName(byte[] address) {
        if (address.length <= 2) {
            return new byte[1];
        }
        byte[] name = Arrays.copyOfRange(address, 2, address.length + 1);
        if (name[0] == 0) {
            name[0] = '@';
        }
        int end = 0;
        while (end < name.length - 1 && name[end] != 0) {
            end++;
        }
        return Arrays.copyOf(name, end + 1);
    }
}
