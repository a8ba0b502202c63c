// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.fd;

import dev.torimono.model.Fd;

/**
 * Writes {@code client:port->server:port} as Falco's {@code fd.name} has it, without allocating.
 * IPv6 addresses are written as inet_ntop does, without brackets.
 */
final class SocketName {
    /** Two full IPv6 addresses with ports and the arrow. */
    private static final int LONGEST = 2 * (39 + 6) + 2;

    private static final byte[] DIGITS =
            "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final byte[] text = new byte[LONGEST];
    private int length;

    /** Sets the name of a socket whose ends are set; of a listening one only its own end. */
    void name(Fd fd, boolean ipv6, boolean listening) {
        length = 0;
        if (!listening) {
            end(fd.sourceAddress(), fd.sourcePort(), ipv6);
            put('-');
            put('>');
        }
        end(fd.destinationAddress(), fd.destinationPort(), ipv6);
        fd.name(text, 0, length);
    }

    private void end(byte[] address, int port, boolean ipv6) {
        if (ipv6) {
            ipv6(address);
        } else {
            for (int i = 0; i < 4; i++) {
                if (i > 0) {
                    put('.');
                }
                decimal(Byte.toUnsignedInt(address[i]));
            }
        }
        put(':');
        decimal(port);
    }

    /** The longest run of two or more zero groups is written {@code ::}, the first of equals. */
    private void ipv6(byte[] address) {
        int bestAt = -1;
        int best = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && group(address, i + run) == 0) {
                run++;
            }
            if (run > best) {
                best = run;
                bestAt = i;
            }
            i += run;
        }
        if (mapped(address, bestAt, best)) {
            return;
        }
        for (int i = 0; i < 8; i++) {
            if (i == bestAt) {
                put(':');
                put(':');
                i += best - 1;
                continue;
            }
            if (i > 0 && i != bestAt + best) {
                put(':');
            }
            hex(group(address, i));
        }
    }

    /** {@code ::ffff:1.2.3.4}: an IPv4 peer of an IPv6 socket. */
    private boolean mapped(byte[] address, int zerosAt, int zeros) {
        if (zerosAt != 0 || zeros != 5 || group(address, 5) != 0xFFFF) {
            return false;
        }
        for (char c : new char[] {':', ':', 'f', 'f', 'f', 'f', ':'}) {
            put(c);
        }
        for (int i = 12; i < 16; i++) {
            if (i > 12) {
                put('.');
            }
            decimal(Byte.toUnsignedInt(address[i]));
        }
        return true;
    }

    private static int group(byte[] address, int index) {
        return Byte.toUnsignedInt(address[2 * index]) << 8
                | Byte.toUnsignedInt(address[2 * index + 1]);
    }

    private void hex(int group) {
        for (int shift = 12; shift >= 0; shift -= 4) {
            if (group >>> shift != 0 || shift == 0) {
                text[length++] = DIGITS[group >>> shift & 0xF];
            }
        }
    }

    private void decimal(int number) {
        int divisor = 1;
        while (number / divisor >= 10) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            text[length++] = DIGITS[number / divisor % 10];
        }
    }

    private void put(char c) {
        text[length++] = (byte) c;
    }
}
