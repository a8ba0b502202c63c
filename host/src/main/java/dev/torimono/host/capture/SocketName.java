// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the names of sockets: {@code 10.0.0.1:4711->10.0.0.2:80}, {@code :::22}, {@code
 * ffff8800->ffff8801 /run/socket}. Works on its own buffer, so that naming allocates nothing.
 */
final class SocketName {
    static final int UNIX = 1;
    static final int INET = 2;
    static final int INET6 = 10;

    private static final byte[] ARROW = {'-', '>'};
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final int[] words = new int[8];
    private final byte[] decimal = new byte[20];
    private byte[] out = new byte[256];
    private int length;
    private boolean changed;

    /** Names an internet socket after its ends. */
    void name(Fd fd) {
        length = 0;
        FdKind kind = fd.kind();
        boolean six = kind.isIpv6();
        if (kind == FdKind.IPV4_SERVSOCK || kind == FdKind.IPV6_SERVSOCK) {
            end(fd.destinationAddress(), fd.destinationPort(), six);
        } else {
            end(fd.sourceAddress(), fd.sourcePort(), six);
            put(ARROW);
            end(fd.destinationAddress(), fd.destinationPort(), six);
        }
        give(fd);
    }

    /** Names a socket after one address. */
    void nameAddress(Fd fd, byte[] address, int port, boolean six) {
        length = 0;
        end(address, port, six);
        give(fd);
    }

    /** Names a UNIX socket after its two kernel addresses and the path behind them. */
    void nameUnix(Fd fd, Event event, int param, long source, long destination, int pathFrom) {
        length = 0;
        hex(source);
        put(ARROW);
        hex(destination);
        put((byte) ' ');
        printable(event, param, pathFrom);
        give(fd);
    }

    /** Names a socket after the path in a parameter, without what cannot be printed. */
    void namePath(Fd fd, Event event, int param, int pathFrom) {
        length = 0;
        printable(event, param, pathFrom);
        give(fd);
    }

    /** Names a socket of a family that has no addresses here. */
    void nameFamily(Fd fd, int family) {
        length = 0;
        for (byte b : "family ".getBytes(StandardCharsets.US_ASCII)) {
            put(b);
        }
        decimal(family);
        give(fd);
    }

    /** Whether a socket got another name than it had since this was last asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    private void give(Fd fd) {
        changed |= !Arrays.equals(out, 0, length, fd.name(), 0, fd.nameLength());
        fd.name(out, 0, length);
    }

    private void end(byte[] address, int port, boolean six) {
        if (six) {
            ipv6(address);
        } else {
            ipv4(address, 0);
        }
        put((byte) ':');
        decimal(port);
    }

    private void ipv4(byte[] address, int from) {
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                put((byte) '.');
            }
            decimal(address[from + i] & 0xff);
        }
    }

    /**
     * The canonical text: the longest run of zeros is left out, mapped addresses keep their dots.
     */
    private void ipv6(byte[] address) {
        for (int i = 0; i < 8; i++) {
            words[i] = (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff);
        }
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int run = i;
            while (run < 8 && words[run] == 0) {
                run++;
            }
            if (run - i > bestLength) {
                best = i;
                bestLength = run - i;
            }
        }
        for (int i = 0; i < 8; i++) {
            if (best >= 0 && i >= best && i < best + bestLength) {
                if (i == best) {
                    put((byte) ':');
                }
                continue;
            }
            if (i > 0) {
                put((byte) ':');
            }
            if (i == 6 && best == 0 && dotted(bestLength)) {
                ipv4(address, 12);
                return;
            }
            hex(words[i]);
        }
        if (best >= 0 && best + bestLength == 8) {
            put((byte) ':');
        }
    }

    private boolean dotted(int zeros) {
        return zeros == 6 || (zeros == 7 && words[7] != 1) || (zeros == 5 && words[5] == 0xffff);
    }

    private void printable(Event event, int param, int from) {
        int end = from + event.textLength(param, from);
        for (int i = from; i < end; i++) {
            int b = event.byteAt(param, i);
            if (b >= ' ' && b < 0x7f) {
                put((byte) b);
            }
        }
    }

    private void hex(long value) {
        int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            put(DIGITS[(int) (value >>> shift) & 15]);
        }
    }

    private void decimal(int value) {
        int at = decimal.length;
        int rest = value;
        do {
            decimal[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        while (at < decimal.length) {
            put(decimal[at++]);
        }
    }

    private void put(byte[] bytes) {
        for (byte b : bytes) {
            put(b);
        }
    }

    private void put(byte b) {
        if (length == out.length) {
            out = Arrays.copyOf(out, 2 * length);
        }
        out[length++] = b;
    }
}
