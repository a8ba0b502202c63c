// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.rules.read.Place;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** One end of a connection. */
final class Endpoint {
    private final byte[] address;
    private final int port;
    private final String text;

    private Endpoint(byte[] address, int port, String text) {
        this.address = address;
        this.port = port;
        this.text = text;
    }

    /** Reads {@code 10.0.0.1:443} or {@code [::1]:443}; never asks a name server. */
    static Endpoint parse(String text, Place at) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (!bare.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw Described.error("'" + text + "' is no address and port", at);
        }
        try {
            return new Endpoint(
                    InetAddress.getByName(bare).getAddress(),
                    Integer.parseInt(text.substring(colon + 1)),
                    bare + ":" + text.substring(colon + 1));
        } catch (UnknownHostException | NumberFormatException e) {
            throw Described.error("'" + text + "' is no address and port", at);
        }
    }

    /** 4 or 16 bytes. */
    byte[] address() {
        return address.clone();
    }

    int port() {
        return port;
    }

    String text() {
        return text;
    }

    /** Linux's number of its address family. */
    int family() {
        return address.length == 4 ? 2 : 10;
    }
}
