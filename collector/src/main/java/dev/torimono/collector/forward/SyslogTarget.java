// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import dev.torimono.collector.net.Tls;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * RFC 5424 over UDP (RFC 5426), TCP with octet counts (RFC 6587) or TLS (RFC 5425). None of them
 * answers: what the network loses after it was sent nobody knows; a broken connection is noticed by
 * a reader of its end, and what was sent since the batch before is sent again.
 */
final class SyslogTarget implements Target {
    /** What every receiver must take is 480 bytes; most take what fits a datagram. */
    private static final int MAX_DATAGRAM = 65_000;

    private static final int CONNECT_MS = 10_000;
    private static final int BUFFER = 1 << 16;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Options options;
    private final String transport;
    private final boolean cef;
    private final int facility;
    private @Nullable DatagramSocket datagrams;
    private @Nullable Socket socket;
    private @Nullable OutputStream out;
    private volatile boolean ended;

    SyslogTarget(Options options) {
        this.options = options;
        this.transport = options.oneOf("transport", "tcp", "udp", "tls");
        this.cef = options.oneOf("format", "json", "cef").equals("cef");
        this.facility = options.number("facility", 16, 0, 23);
    }

    static void check(Options options) {
        options.required("host");
        options.number("port", 0, 1, 65_535);
        options.oneOf("transport", "tcp", "udp", "tls");
        options.oneOf("format", "json", "cef");
        options.number("facility", 16, 0, 23);
        options.authorities();
    }

    @Override
    public int send(List<Shipment> events) throws IOException {
        if (transport.equals("udp")) {
            return datagrams(events);
        }
        OutputStream to = out();
        for (Shipment event : events) {
            byte[] message = message(event);
            to.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
            to.write(message);
        }
        to.flush();
        if (ended) {
            throw new IOException("the receiver ended the connection");
        }
        return 0;
    }

    private int datagrams(List<Shipment> events) throws IOException {
        DatagramSocket to = datagrams;
        if (to == null) {
            to = new DatagramSocket();
            // Connected, it tells when nobody is there.
            to.connect(address());
            datagrams = to;
        }
        int tooLong = 0;
        for (Shipment event : events) {
            byte[] message = message(event);
            if (message.length > MAX_DATAGRAM) {
                tooLong++;
            } else {
                to.send(new DatagramPacket(message, message.length));
            }
        }
        return tooLong;
    }

    private byte[] message(Shipment event) {
        String head =
                "<"
                        + (facility * 8 + event.severity())
                        + ">1 "
                        + TIME.format(event.time())
                        + " "
                        + word(event.host(), 255)
                        + " torimono - "
                        + word(event.event().path("engine").asString("event"), 32)
                        + " - ";
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        byte[] text = cef ? Cef.text(event).getBytes(StandardCharsets.UTF_8) : event.body();
        byte[] message = new byte[first.length + text.length];
        System.arraycopy(first, 0, message, 0, first.length);
        System.arraycopy(text, 0, message, first.length, text.length);
        return message;
    }

    /** Printable ASCII without blanks. */
    private static String word(String text, int max) {
        String word = text.replaceAll("[^!-~]", "?");
        return word.isEmpty() ? "-" : word.substring(0, Math.min(word.length(), max));
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(options.text("host"), options.number("port", 0, 1, 65_535));
    }

    private OutputStream out() throws IOException {
        OutputStream open = out;
        if (open == null) {
            Socket raw = new Socket();
            raw.connect(address(), CONNECT_MS);
            raw.setTcpNoDelay(true);
            raw.setKeepAlive(true);
            Socket made = transport.equals("tls") ? encrypted(raw) : raw;
            socket = made;
            open = new BufferedOutputStream(made.getOutputStream(), BUFFER);
            out = open;
            Thread.ofVirtual().name("syslog-end").start(() -> awaitEnd(made));
        }
        return open;
    }

    private Socket encrypted(Socket raw) throws IOException {
        SSLSocket secure =
                (SSLSocket)
                        Tls.trusting(options.text("caCertificates"))
                                .getSocketFactory()
                                .createSocket(raw, options.text("host"), raw.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.setSoTimeout(CONNECT_MS);
        secure.startHandshake();
        secure.setSoTimeout(0);
        return secure;
    }

    /** Receivers say nothing but goodbye. */
    private void awaitEnd(Socket of) {
        try {
            of.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // As good as its end.
        }
        ended = true;
    }

    @Override
    public void close() {
        if (datagrams != null) {
            datagrams.close();
        }
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It was of no use any more.
        }
    }
}
