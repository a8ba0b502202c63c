// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.FdKind;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** From {@code struct sockaddr} to what the .scap format has: SOCKTUPLE and SOCKADDR. */
final class SocketTuple {
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int MAPPED_BYTES = 12;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final byte[] NOTHING = new byte[0];

    /** Families as the .scap format numbers them. */
    private static final byte PORTABLE_UNIX = 1;

    private static final byte PORTABLE_INET = 2;
    private static final byte PORTABLE_INET6 = 10;

    private SocketTuple() {}

    private static int family(byte[] address) {
        return address.length < 2 ? 0 : (address[0] & 0xff) | (address[1] & 0xff) << 8;
    }

    /** What a socket of such an address is; IPv4 spoken through IPv6 is told as IPv4. */
    static FdKind kind(byte[] address) {
        return switch (family(address)) {
            case AF_UNIX -> FdKind.UNIX_SOCK;
            case AF_INET -> FdKind.IPV4_SOCK;
            case AF_INET6 ->
                    address.length >= 24 && isMapped(address) ? FdKind.IPV4_SOCK : FdKind.IPV6_SOCK;
            case AF_NETLINK -> FdKind.NETLINK;
            default -> FdKind.UNKNOWN;
        };
    }

    /** A protocol of IP in the format's numbers. */
    static int protocol(int ip) {
        return switch (ip) {
            case IPPROTO_TCP -> 2;
            case IPPROTO_UDP -> 3;
            case IPPROTO_ICMP, IPPROTO_ICMPV6 -> 4;
            default -> 0;
        };
    }

    /** In network byte order behind the family; 0 for none. */
    static int port(byte[] address) {
        int family = family(address);
        boolean internet = family == AF_INET || family == AF_INET6;
        return internet && address.length >= 4 ? (address[2] & 0xff) << 8 | (address[3] & 0xff) : 0;
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

    /**
     * Family, first end, second end; empty when it cannot be told.
     *
     * @param first may be empty: told as zero
     * @param second says which family it is
     */
    static byte[] of(byte[] first, byte[] second) {
        if (family(second) == AF_UNIX) {
            byte[] name = unixName(second);
            ByteBuffer tuple = Caught.little(17 + name.length);
            tuple.put(PORTABLE_UNIX).position(17).put(name);
            return Caught.bytes(tuple);
        }
        int width = width(second);
        if (width == 0) {
            return NOTHING;
        }
        ByteBuffer tuple = Caught.little(1 + 2 * (width + 2));
        tuple.put(width == 4 ? PORTABLE_INET : PORTABLE_INET6);
        end(tuple, first, width);
        end(tuple, second, width);
        return Caught.bytes(tuple);
    }

    private static void end(ByteBuffer into, byte[] address, int width) {
        if (width(address) == width) {
            into.put(address, from(address), width).putShort((short) port(address));
        } else {
            into.position(into.position() + width + 2);
        }
    }

    /** Bytes of its IP address; 0 when it is none. */
    private static int width(byte[] address) {
        int family = family(address);
        if (family == AF_INET && address.length >= 8) {
            return 4;
        }
        return family == AF_INET6 && address.length >= 24 ? isMapped(address) ? 4 : 16 : 0;
    }

    private static int from(byte[] address) {
        return family(address) == AF_INET ? 4 : isMapped(address) ? 8 + MAPPED_BYTES : 8;
    }

    /** A SOCKADDR: family, address, port. */
    static byte[] address(byte[] address) {
        if (family(address) == AF_UNIX) {
            byte[] name = unixName(address);
            ByteBuffer out = Caught.little(1 + name.length);
            out.put(PORTABLE_UNIX).put(name);
            return Caught.bytes(out);
        }
        int width = width(address);
        if (width == 0) {
            return NOTHING;
        }
        ByteBuffer out = Caught.little(1 + width + 2);
        out.put(width == 4 ? PORTABLE_INET : PORTABLE_INET6);
        end(out, address, width);
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
