// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogOutputTest {
    @TempDir private Path folder;

    private static SyslogOutput output(SyslogAddress address, SyslogMessage.Standard standard) {
        return new SyslogOutput(
                address,
                new SyslogMessage(standard, SyslogMessage.Facility.USER, ZoneOffset.UTC, 42));
    }

    @Test
    void udpReceivesRfc3164() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket receiver = new DatagramSocket(0, loopback)) {
            receiver.setSoTimeout(5000);
            SyslogAddress to =
                    new SyslogAddress.Udp(loopback.getHostAddress(), receiver.getLocalPort());
            try (SyslogOutput output = output(to, SyslogMessage.Standard.RFC3164)) {
                output.write(Lines.text("m"));
            }
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            receiver.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .isEqualTo(
                            "<12>Nov 22 09:43:33 box torimono[42]:"
                                    + " 09:43:33.931613982: Warning m");
        }
    }

    @Test
    void tcpReceivesCountedRfc5424AndSurvivesAReconnect() throws IOException {
        try (ServerSocket receiver = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            receiver.setSoTimeout(5000);
            SyslogAddress to = new SyslogAddress.Tcp("127.0.0.1", receiver.getLocalPort());
            String message =
                    "<12>1 2026-11-22T09:43:33.931613Z box torimono 42 - -"
                            + " 09:43:33.931613982: Warning m";
            String frame = message.length() + " " + message;
            try (SyslogOutput output = output(to, SyslogMessage.Standard.RFC5424)) {
                for (int i = 0; i < 2; i++) {
                    output.write(Lines.text("m"));
                    try (Socket connection = receiver.accept()) {
                        assertThat(connection.getInputStream().readNBytes(frame.length()))
                                .isEqualTo(frame.getBytes(StandardCharsets.UTF_8));
                    }
                    output.reopen();
                }
            }
        }
    }

    @Test
    void unixSocketReceivesThroughLogger() throws IOException {
        assumeTrue(Files.exists(Path.of("/usr/bin/logger")), "logger(1) is absent");
        Path path = folder.resolve("log");
        try (ServerSocketChannel receiver = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            receiver.bind(UnixDomainSocketAddress.of(path));
            SyslogAddress to = new SyslogAddress.Unix(path.toString());
            try (SyslogOutput output = output(to, SyslogMessage.Standard.RFC3164)) {
                output.write(Lines.text("x".repeat(5000)));
                try (SocketChannel connection = receiver.accept()) {
                    ByteBuffer buffer = ByteBuffer.allocate(5060);
                    while (buffer.hasRemaining() && connection.read(buffer) > 0) {
                        assertThat(buffer.position()).isPositive();
                    }
                    assertThat(new String(buffer.array(), StandardCharsets.UTF_8))
                            .startsWith("<12>")
                            .contains("torimono: ", "Warning " + "x".repeat(4900));
                }
            }
        }
    }

    @Test
    void receiverThatIsDownIsNamed() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        SyslogAddress to = new SyslogAddress.Tcp("127.0.0.1", port);
        try (SyslogOutput output = output(to, SyslogMessage.Standard.RFC5424)) {
            assertThatThrownBy(() -> output.write(Lines.text("m")))
                    .hasMessageContaining("tcp://127.0.0.1:" + port);
        }
    }

    @Test
    void addressesAreRead() {
        assertThat(SyslogAddress.parse("unix:/dev/log"))
                .isEqualTo(new SyslogAddress.Unix("/dev/log"));
        assertThat(SyslogAddress.parse("udp://log.example"))
                .isEqualTo(new SyslogAddress.Udp("log.example", 514));
        assertThat(SyslogAddress.parse("tcp://[::1]:6514"))
                .isEqualTo(new SyslogAddress.Tcp("[::1]", 6514));
        assertThat(SyslogAddress.parse("log.example")).isNull();
        assertThat(SyslogAddress.parse("udp://")).isNull();
    }
}
