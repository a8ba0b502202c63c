// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Socket names in the encodings of the .scap format. */
final class Tuples {
    private Tuples() {}

    static byte[] tuple(String source, int sourcePort, String destination, int destinationPort)
            throws UnknownHostException {
        byte[] from = InetAddress.getByName(source).getAddress();
        byte[] to = InetAddress.getByName(destination).getAddress();
        return ByteBuffer.allocate(1 + 2 * (from.length + 2))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) (from.length == 4 ? 2 : 10))
                .put(from)
                .putShort((short) sourcePort)
                .put(to)
                .putShort((short) destinationPort)
                .array();
    }

    /** IPv4 in IPv6, as a dual-stack socket has it on both ends. */
    static byte[] mapped(String source, int sourcePort, String destination, int destinationPort)
            throws UnknownHostException {
        ByteBuffer out = ByteBuffer.allocate(37).order(ByteOrder.LITTLE_ENDIAN).put((byte) 10);
        mapped(out, source).putShort((short) sourcePort);
        mapped(out, destination).putShort((short) destinationPort);
        return out.array();
    }

    static byte[] address(String address, int port) throws UnknownHostException {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        return ByteBuffer.allocate(bytes.length + 3)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) (bytes.length == 4 ? 2 : 10))
                .put(bytes)
                .putShort((short) port)
                .array();
    }

    private static ByteBuffer mapped(ByteBuffer out, String address) throws UnknownHostException {
        return out.putLong(0)
                .putShort((short) 0)
                .putShort((short) -1)
                .put(InetAddress.getByName(address).getAddress());
    }
}
