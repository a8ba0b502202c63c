// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.LocalAddresses;
import dev.torimono.model.Snapshot;
import dev.torimono.model.Text;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recorded machine's own addresses. */
final class Interfaces implements LocalAddresses {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final byte[] LOOPBACK6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    /** Bytes of an IPv6 address that name its network, by convention. */
    private static final int NETWORK6 = 8;

    private static final byte[] ZERO = new byte[16];

    private final List<Snapshot.NetworkInterface> interfaces;

    Interfaces(List<Snapshot.NetworkInterface> interfaces) {
        this.interfaces = List.copyOf(interfaces);
    }

    @Override
    public boolean isLocal(byte[] address, int width) {
        int compared = width == 4 ? 4 : NETWORK6;
        for (Snapshot.NetworkInterface i : interfaces) {
            if (i.address().length() == width
                    && Arrays.equals(i.address().array(), 0, compared, address, 0, compared)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean decideNearEnd() {
        return true;
    }

    /** Fills in an end that is all zeros: that of the interface which would have been taken. */
    void complete(Fd fd) {
        boolean four = fd.kind() == FdKind.IPV4_SOCK;
        if (!four && fd.kind() != FdKind.IPV6_SOCK) {
            return;
        }
        int width = four ? 4 : 16;
        boolean noSource = zero(fd.sourceAddress(), width);
        if (!noSource && !zero(fd.destinationAddress(), width)) {
            return;
        }
        byte[] other = noSource ? fd.destinationAddress() : fd.sourceAddress();
        byte[] near = inferred(other, width);
        boolean same = Arrays.equals(near, 0, width, other, 0, width);
        if (same && fd.sourcePort() == fd.destinationPort()) {
            return;
        }
        byte[] source = noSource ? near : fd.sourceAddress().clone();
        byte[] destination = noSource ? fd.destinationAddress().clone() : near;
        fd.tuple(source, fd.sourcePort(), destination, fd.destinationPort());
    }

    private byte[] inferred(byte[] other, int width) {
        Snapshot.@Nullable NetworkInterface network = null;
        Snapshot.@Nullable NetworkInterface first = null;
        for (Snapshot.NetworkInterface i : interfaces) {
            if (i.address().length() != width) {
                continue;
            }
            if (i.address().equalTo(other, 0, width)) {
                return i.address().array();
            }
            if (network == null && sameNetwork(i, other, width)) {
                network = i;
            }
            byte[] loopback = width == 4 ? LOOPBACK : LOOPBACK6;
            if (first == null && !i.address().equalTo(loopback, 0, width)) {
                first = i;
            }
        }
        Snapshot.NetworkInterface found = network == null ? first : network;
        return found == null ? ZERO : found.address().array();
    }

    private static boolean sameNetwork(
            Snapshot.NetworkInterface candidate, byte[] other, int width) {
        Text address = candidate.address();
        if (width == 16) {
            return Arrays.equals(address.array(), 0, NETWORK6, other, 0, NETWORK6);
        }
        for (int i = 0; i < width; i++) {
            if (((address.at(i) ^ other[i]) & candidate.netmask().at(i)) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean zero(byte[] address, int width) {
        return Arrays.equals(address, 0, width, ZERO, 0, width);
    }
}
