// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static dev.torimono.collector.Forwarders.awaitDelivery;
import static dev.torimono.collector.Forwarders.forwarder;
import static dev.torimono.collector.Forwarders.made;
import static dev.torimono.collector.Forwarders.options;
import static dev.torimono.collector.Forwarders.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.collector.event.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Debian's rsyslog, where it is installed: it takes messages apart by rules that are not ours. */
final class RsyslogTest {
    private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");

    private static final class Rsyslog implements AutoCloseable {
        final int port;
        final Path out;
        private final Process process;

        Rsyslog(Path folder) throws IOException, InterruptedException {
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = any.getLocalPort();
            }
            out = folder.resolve("out");
            Path config = folder.resolve("rsyslog.conf");
            Files.writeString(
                    config,
                    """
                    global(workDirectory="%s" maxMessageSize="256k")
                    module(load="imtcp")
                    input(type="imtcp" port="%d" address="127.0.0.1")
                    template(name="parts" type="string" string="%%syslogfacility-text%% %%syslogseverity-text%% %%protocol-version%% %%timereported:::date-rfc3339%% %%hostname%% %%app-name%% %%msgid%% %%msg%%\\n")
                    action(type="omfile" file="%s" template="parts")
                    """
                            .formatted(folder, port, out));
            process =
                    new ProcessBuilder(
                                    PROGRAM.toString(),
                                    "-n",
                                    "-f",
                                    config.toString(),
                                    "-i",
                                    folder.resolve("pid").toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("log").toFile())
                            .start();
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!answers()) {
                assertThat(System.nanoTime())
                        .as(Files.readString(folder.resolve("log")))
                        .isLessThan(endNs);
                Thread.sleep(50);
            }
        }

        private boolean answers() {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        }

        List<String> lines(int least) throws IOException, InterruptedException {
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (true) {
                List<String> lines = Files.exists(out) ? Files.readAllLines(out) : List.of();
                if (lines.size() >= least) {
                    return lines;
                }
                assertThat(System.nanoTime()).as(lines.toString()).isLessThan(endNs);
                Thread.sleep(50);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Test
    void rsyslogReadsEachPartOfWhatItIsTold(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), "no rsyslog on this machine");
        try (Rsyslog rsyslog = new Rsyslog(folder);
                RunningCollector collector = new RunningCollector(folder.resolve("data"))) {
            ObjectNode syslog = forwarder("rsyslog", "SYSLOG");
            options(syslog).put("host", "127.0.0.1").put("port", rsyslog.port);
            String path = made(collector, syslog);
            tell(collector, collector.enrol("a"), "Terminal shell é", 1, 2, 3);
            awaitDelivery(collector, path, "delivered", 3);
            for (String line : rsyslog.lines(3)) {
                String[] parts = line.split(" ", 8);
                assertThat(parts[0]).isEqualTo("local0");
                assertThat(parts[1]).isEqualTo("notice");
                assertThat(parts[2]).isEqualTo("1");
                assertThat(parts[3]).startsWith("2026-11-25T10:00:0").endsWith("Z");
                assertThat(parts[4]).isEqualTo("web-1");
                assertThat(parts[5]).isEqualTo("torimono");
                assertThat(parts[6]).isEqualTo("falco");
                ObjectNode event = Json.object(parts[7].getBytes(StandardCharsets.UTF_8));
                assertThat(event.at("/content/ruleName").asString()).isEqualTo("Terminal shell é");
            }
        }
    }
}
