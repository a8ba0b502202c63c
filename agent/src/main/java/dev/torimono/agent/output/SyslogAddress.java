// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a syslog receiver listens: {@code unix:/dev/log}, {@code udp://host:514}, {@code tcp://…}.
 */
public sealed interface SyslogAddress {
    int DEFAULT_PORT = 514;

    /** A Unix socket of the machine. */
    record Unix(String path) implements SyslogAddress {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /** Datagrams. */
    record Udp(String host, int port) implements SyslogAddress {
        @Override
        public String toString() {
            return "udp://" + host + ":" + port;
        }
    }

    /** A stream. */
    record Tcp(String host, int port) implements SyslogAddress {
        @Override
        public String toString() {
            return "tcp://" + host + ":" + port;
        }
    }

    /** Reads an address; null when it is none. */
    static @Nullable SyslogAddress parse(String text) {
        if (text.startsWith("unix:/")) {
            return new Unix(text.substring("unix:".length()));
        }
        if (!text.startsWith("udp://") && !text.startsWith("tcp://")) {
            return null;
        }
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
        String host = uri.getHost();
        if (host == null) {
            return null;
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return text.startsWith("udp://") ? new Udp(host, port) : new Tcp(host, port);
    }
}
