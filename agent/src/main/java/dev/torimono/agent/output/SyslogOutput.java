// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts to a syslog receiver: a Unix socket, UDP or TCP. */
public final class SyslogOutput implements Output {
    private final SyslogAddress address;
    private final Carrier carrier;

    public SyslogOutput(SyslogAddress address, SyslogMessage message) {
        this.address = address;
        this.carrier =
                switch (address) {
                    case SyslogAddress.Unix unix -> new Logger(unix, message);
                    case SyslogAddress.Udp udp -> new Udp(udp, message);
                    case SyslogAddress.Tcp tcp -> new Tcp(tcp, message);
                };
    }

    @Override
    public String name() {
        return "syslog";
    }

    @Override
    public void write(Line line) throws IOException {
        try {
            carrier.send(line);
        } catch (IOException e) {
            throw new IOException(address + ": " + Failure.text(e), e);
        }
    }

    @Override
    public void reopen() throws IOException {
        carrier.close();
    }

    @Override
    public void close() throws IOException {
        carrier.close();
    }

    /** Brings a message over; opens what it needs, again after close. */
    private sealed interface Carrier {
        void send(Line line) throws IOException;

        void close() throws IOException;
    }

    /**
     * Through {@code logger(1)}: a system's log socket takes datagrams, and Java has none of the
     * Unix kind.
     */
    private static final class Logger implements Carrier {
        private static final int MAX_BYTES = 65_000;

        private final SyslogAddress.Unix address;
        private final SyslogMessage message;
        private volatile @Nullable Child child;

        Logger(SyslogAddress.Unix address, SyslogMessage message) {
            this.address = address;
            this.message = message;
        }

        @Override
        public void send(Line line) throws IOException {
            Child to = child;
            if (to == null || !to.isAlive()) {
                close();
                to = start();
                child = to;
            }
            byte[] priority = message.priority(line).getBytes(StandardCharsets.US_ASCII);
            byte[] text = line.bytesWithNewline();
            byte[] whole = Arrays.copyOf(priority, priority.length + text.length);
            System.arraycopy(text, 0, whole, priority.length, text.length);
            to.write(whole);
        }

        private Child start() throws IOException {
            String size = Integer.toString(MAX_BYTES);
            String standard =
                    switch (message.standard()) {
                        case RFC3164 -> "--rfc3164";
                        case RFC5424 -> "--rfc5424";
                    };
            return Child.start(
                    List.of(
                            "logger",
                            "--tag=torimono",
                            "--prio-prefix",
                            standard,
                            "--size=" + size,
                            "--socket=" + address.path()));
        }

        @Override
        public void close() throws IOException {
            Child open = child;
            child = null;
            if (open != null) {
                open.close();
            }
        }
    }

    /** One datagram a message. */
    private static final class Udp implements Carrier {
        /** What fits a datagram over IPv4. */
        private static final int MAX_BYTES = 65_507;

        private final SyslogAddress.Udp address;
        private final SyslogMessage message;
        private volatile @Nullable DatagramSocket socket;

        Udp(SyslogAddress.Udp address, SyslogMessage message) {
            this.address = address;
            this.message = message;
        }

        @Override
        public void send(Line line) throws IOException {
            DatagramSocket from = socket;
            if (from == null) {
                from = new DatagramSocket();
                socket = from;
            }
            byte[] bytes = message.of(line);
            InetSocketAddress to = new InetSocketAddress(address.host(), address.port());
            from.send(new DatagramPacket(bytes, Math.min(bytes.length, MAX_BYTES), to));
        }

        @Override
        public void close() {
            DatagramSocket open = socket;
            socket = null;
            if (open != null) {
                open.close();
            }
        }
    }

    /** A stream of messages, framed by octet count (RFC 6587); reconnects after a failure. */
    private static final class Tcp implements Carrier {
        private static final int CONNECT_MS = 5000;

        private final SyslogAddress.Tcp address;
        private final SyslogMessage message;
        private volatile @Nullable Socket socket;

        Tcp(SyslogAddress.Tcp address, SyslogMessage message) {
            this.address = address;
            this.message = message;
        }

        @Override
        public void send(Line line) throws IOException {
            byte[] bytes = message.of(line);
            byte[] count = (bytes.length + " ").getBytes(StandardCharsets.US_ASCII);
            byte[] frame = Arrays.copyOf(count, count.length + bytes.length);
            System.arraycopy(bytes, 0, frame, count.length, bytes.length);
            try {
                connected().getOutputStream().write(frame);
            } catch (IOException e) {
                // The receiver may have restarted: once more on a fresh connection.
                close();
                connected().getOutputStream().write(frame);
            }
        }

        private Socket connected() throws IOException {
            Socket open = socket;
            if (open == null) {
                open = new Socket();
                open.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MS);
                open.setTcpNoDelay(true);
                socket = open;
            }
            return open;
        }

        @Override
        public void close() throws IOException {
            Socket open = socket;
            socket = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
