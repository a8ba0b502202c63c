// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static dev.torimono.collector.Forwarders.forwarder;
import static dev.torimono.collector.Forwarders.made;
import static dev.torimono.collector.Forwarders.options;
import static dev.torimono.collector.Forwarders.tell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.event.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Syslog receivers, as far as sockets go: what they read is taken apart as RFC 5424 has it. */
final class SyslogTest {
    private static final Pattern MESSAGE =
            Pattern.compile("<(\\d{1,3})>1 (\\S+) (\\S+) torimono - (\\S+) - (.*)", Pattern.DOTALL);
    private static final int PATIENCE_MS = 60_000;

    private static Matcher parsed(String message) {
        Matcher matcher = MESSAGE.matcher(message);
        assertThat(matcher.matches()).as(message).isTrue();
        return matcher;
    }

    /** One message with its octet count before it. */
    private static String framed(InputStream in) throws IOException {
        int length = 0;
        int next = in.read();
        while (next >= '0' && next <= '9') {
            length = length * 10 + next - '0';
            next = in.read();
        }
        assertThat(next).isEqualTo(' ');
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static InputStream accepted(ServerSocket server) throws IOException {
        server.setSoTimeout(PATIENCE_MS);
        Socket socket = server.accept();
        socket.setSoTimeout(PATIENCE_MS);
        return new BufferedInputStream(socket.getInputStream());
    }

    /** What is told before the end of the last one is noticed is lost with its buffers. */
    private static InputStream acceptedWhileTold(
            ServerSocket server, RunningCollector collector, String agent) throws IOException {
        server.setSoTimeout(1000);
        for (int next = 2; next < 60; next++) {
            tell(collector, agent, "s", next);
            try {
                Socket socket = server.accept();
                socket.setSoTimeout(PATIENCE_MS);
                return new BufferedInputStream(socket.getInputStream());
            } catch (SocketTimeoutException e) {
                // It has not noticed yet.
            }
        }
        throw new AssertionError("no new connection");
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static ObjectNode syslog(String transport, String format, int port) {
        ObjectNode syslog = forwarder("syslog", "SYSLOG");
        options(syslog)
                .put("host", "127.0.0.1")
                .put("port", port)
                .put("transport", transport)
                .put("format", format);
        return syslog;
    }

    @Test
    void jsonArrivesOverTcpAndOverANewConnectionWhenTheOldOneEnds(@TempDir Path folder)
            throws Exception {
        try (RunningCollector collector = new RunningCollector(folder);
                ServerSocket server = listening()) {
            made(collector, syslog("tcp", "json", server.getLocalPort()));
            String agent = collector.enrol("a");
            tell(collector, agent, "r é", 1);
            try (InputStream in = accepted(server)) {
                Matcher message = parsed(framed(in));
                assertThat(message.group(1)).isEqualTo("133");
                assertThat(message.group(2)).isEqualTo("2026-11-25T10:00:01.000000Z");
                assertThat(message.group(3)).isEqualTo("web-1");
                ObjectNode event = Json.object(message.group(5).getBytes(StandardCharsets.UTF_8));
                assertThat(event.at("/content/ruleName").asString()).isEqualTo("r é");
            }
            try (InputStream in = acceptedWhileTold(server, collector, agent)) {
                assertThat(framed(in)).contains("\"ruleName\":\"");
            }
        }
    }

    @Test
    void cefArrivesOverTls(@TempDir Path folder) throws Exception {
        TestTls tls = TestTls.in(folder.resolve("syslog-tls"));
        try (RunningCollector collector = new RunningCollector(folder.resolve("data"));
                ServerSocket server = tls.context().getServerSocketFactory().createServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ObjectNode syslog = syslog("tls", "cef", server.getLocalPort());
            options(syslog).put("caCertificates", tls.authorities());
            made(collector, syslog);
            tell(collector, collector.enrol("a"), "pipe | and = sign", 1);
            try (InputStream in = accepted(server)) {
                String cef = parsed(framed(in)).group(5);
                assertThat(cef)
                        .startsWith(
                                "CEF:0|Torimono|Torimono|1|pipe \\| and = sign|pipe \\| and ="
                                        + " sign|3|rt=1795600801000 externalId=")
                        .contains(" dvchost=web-1 ", " sproc=bash spid=4711 ")
                        .contains(" msg=10:00:00: Notice A shell was spawned (file\\=/etc/shadow)")
                        .contains(" cs6Label=commandLine cs6=bash -c id");
            }
        }
    }

    @Test
    void aCertificateThatIsNotTrustedGetsNothing(@TempDir Path folder) throws Exception {
        TestTls tls = TestTls.in(folder.resolve("syslog-tls"));
        try (RunningCollector collector = new RunningCollector(folder.resolve("data"));
                ServerSocket server = tls.context().getServerSocketFactory().createServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String path = made(collector, syslog("tls", "json", server.getLocalPort()));
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try (InputStream in = accepted(server)) {
                                    in.readAllBytes();
                                } catch (IOException e) {
                                    // The client left during the handshake, as it should.
                                }
                            });
            assertThat(collector.call("POST", path + "/test", collector.admin(), "").text())
                    .contains("not delivered", "unable to find valid certification path");
        }
    }

    @Test
    void datagramsArriveOverUdp(@TempDir Path folder) throws Exception {
        try (RunningCollector collector = new RunningCollector(folder);
                DatagramSocket socket =
                        new DatagramSocket(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            socket.setSoTimeout(PATIENCE_MS);
            made(collector, syslog("udp", "cef", socket.getLocalPort()));
            tell(collector, collector.enrol("a"), "r", 1);
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(packet);
            String message =
                    new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            assertThat(parsed(message).group(5)).startsWith("CEF:0|");
        }
    }
}
