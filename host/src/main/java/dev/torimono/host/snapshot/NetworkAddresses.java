// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.snapshot;

import dev.torimono.model.Snapshot.NetworkInterface;
import dev.torimono.model.Text;
import java.net.InterfaceAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Addresses of this machine's network interfaces. */
final class NetworkAddresses {
    private NetworkAddresses() {}

    static List<NetworkInterface> list() {
        List<NetworkInterface> found = new ArrayList<>();
        try {
            java.net.NetworkInterface.networkInterfaces()
                    .forEach(
                            each -> {
                                for (InterfaceAddress address : each.getInterfaceAddresses()) {
                                    found.add(entry(each.getName(), address));
                                }
                            });
        } catch (SocketException none) {
            return List.of(); // a machine without a network
        }
        return found;
    }

    private static NetworkInterface entry(String name, InterfaceAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        byte[] mask = new byte[bytes.length];
        for (int bit = 0; bit < address.getNetworkPrefixLength(); bit++) {
            mask[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return new NetworkInterface(Text.of(name), Text.wrap(bytes), Text.wrap(mask));
    }
}
