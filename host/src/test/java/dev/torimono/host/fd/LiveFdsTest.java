// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.fd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.Records;
import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveFdsTest {
    @TempDir Path folder;
    private final Records records = new Records();

    @Test
    void linksOfAProcessAreRead() throws IOException {
        Path fd = Files.createDirectories(folder.resolve("9/fd"));
        Files.createSymbolicLink(fd.resolve("0"), Path.of("/made/up/file"));
        Files.createSymbolicLink(fd.resolve("1"), Path.of("pipe:[123]"));
        Files.createSymbolicLink(fd.resolve("2"), Path.of("/memfd:x (deleted)"));
        Files.createSymbolicLink(fd.resolve("3"), Path.of("anon_inode:[eventpoll]"));
        Files.createSymbolicLink(fd.resolve("4"), Path.of("socket:[77]"));
        LiveFds fds = new LiveFds(folder);
        Task task = new Task(9, 9);
        assertThat(text(fds.fd(task, 0))).isEqualTo("FILE_V2 /made/up/file");
        assertThat(text(fds.fd(task, 1))).isEqualTo("FIFO pipe:[123]");
        assertThat(text(fds.fd(task, 2))).isEqualTo("MEMFD /memfd:x");
        assertThat(text(fds.fd(task, 3))).isEqualTo("EVENTPOLL anon_inode:[eventpoll]");
        assertThat(text(fds.fd(task, 4))).isEqualTo("UNSUPPORTED socket:[77]");
        assertThat(fds.fd(task, 5)).isNull();
        assertThat(fds.openCount(task)).isEqualTo(5);
    }

    @Test
    void linksAreReadAnewForEachEvent() throws IOException {
        Path fd = Files.createDirectories(folder.resolve("9/fd"));
        LiveFds fds = new LiveFds(folder);
        Task task = new Task(9, 9);
        assertThat(fds.fd(task, 0)).isNull();
        Files.createSymbolicLink(fd.resolve("0"), Path.of("/made/up/file"));
        assertThat(fds.fd(task, 0)).isNull();
        fds.begin(records.exec(9, 1, 1, "/bin/sh"));
        assertThat(fds.fd(task, 0)).isNotNull();
    }

    @Test
    void execRecordTellsStandardInputEvenOfWhatIsGone() {
        byte[] tuple = new byte[13];
        tuple[0] = 2;
        ByteBuffer stdio = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        byte[] socket = Records.object(FdKind.IPV4_SOCK, tuple);
        stdio.putShort((short) socket.length).put(socket).putShort((short) 0);
        byte[] pipe = Records.object(FdKind.FIFO, new byte[1]);
        stdio.putShort((short) pipe.length).put(pipe);
        byte[] bytes = java.util.Arrays.copyOf(stdio.array(), stdio.position());
        Event exec =
                records.execIn("/", 1, 9, 1, 1, "/bin/sh")
                        .extension(Extension.STDIO, bytes)
                        .event();
        LiveFds fds = new LiveFds(folder);
        fds.begin(exec);
        Task task = new Task(9, 9);
        assertThat(text(fds.fd(task, 0))).isEqualTo("IPV4_SOCK 0.0.0.0:0->0.0.0.0:0");
        assertThat(fds.fd(task, 1)).isNull();
        assertThat(text(fds.fd(task, 2))).isEqualTo("FIFO pipe:[4242]");
    }

    @Test
    void socketsAreFoundInTheTablesOfTheirNamespace() throws IOException {
        LiveFds fds = new LiveFds(Path.of("/proc"));
        long pid = ProcessHandle.current().pid();
        Task self = new Task(pid, pid);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 1, loopback);
                Socket client = new Socket(loopback, server.getLocalPort());
                Socket accepted = server.accept()) {
            String ends = client.getLocalPort() + "->";
            long found =
                    LongStream.range(0, 1024)
                            .filter(n -> names(fds.fd(self, n), ends, server.getLocalPort()))
                            .count();
            assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
            // Both sides are named alike: the client first.
            assertThat(found).isEqualTo(2);
        }
    }

    private static boolean names(@Nullable Fd fd, String client, int serverPort) {
        return fd != null && text(fd).contains(client) && text(fd).endsWith(":" + serverPort);
    }

    private static String text(@Nullable Fd fd) {
        Fd known = Objects.requireNonNull(fd);
        return known.kind()
                + " "
                + new String(known.name(), 0, known.nameLength(), StandardCharsets.UTF_8);
    }
}
