// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Listens for people on the machine: one request a connection, one line each way. The socket is
 * root's alone, and who asks is taken from the kernel, not from what they say.
 */
public final class ControlServer implements AutoCloseable {
    private static final int MOST_AT_ONCE = 8;
    private static final int MAX_LINE = 64 << 10;

    private final Path path;
    private final ServerSocketChannel server;
    private final AuditedResponse response;
    private final Log log;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    ControlServer(Path path, AuditedResponse response, Log log) throws IOException {
        this.path = path;
        this.response = response;
        this.log = log;
        this.server = listen(path);
        Thread.ofPlatform().daemon().name("control").start(this::accept);
    }

    /** Listens, as far as the configuration wants it; the agent works without, and says so. */
    public static @Nullable ControlServer start(
            AgentConfig config, @Nullable AuditedResponse response, Log log) {
        AgentConfig.Control control = config.control();
        if (control == null || response == null) {
            return null;
        }
        try {
            return new ControlServer(control.socket(), response, log);
        } catch (IOException | UnsupportedOperationException e) {
            log.warn(
                    "control: manual responses are not available: "
                            + e.getMessage()
                            + "; control.socket names another path");
            return null;
        }
    }

    /** Bound inside a folder of root's: nobody can connect before its mode is set. */
    private static ServerSocketChannel listen(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(path + ": is no path for a socket");
        }
        Files.createDirectories(folder);
        if (answers(path)) {
            throw new IOException(path + ": another agent listens there");
        }
        Path own = Files.createTempDirectory(folder, ".s");
        try {
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            Path socket = own.resolve("s");
            channel.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            Files.move(
                    socket,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return channel;
        } finally {
            Files.deleteIfExists(own.resolve("s"));
            Files.deleteIfExists(own);
        }
    }

    private static boolean answers(Path path) {
        if (!Files.exists(path)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return channel.isConnected();
        } catch (IOException e) {
            // Left behind by an agent that was killed.
            return false;
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                if (room.tryAcquire()) {
                    Thread.ofPlatform()
                            .daemon()
                            .name("control-request")
                            .start(() -> serve(channel));
                } else {
                    say(channel, Answer.failed("too many requests at once"));
                }
            }
        } catch (ClosedChannelException e) {
            log.debug("control: closed");
        } catch (IOException e) {
            log.error("control: no more requests are taken: " + e.getMessage());
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
            say(channel, answer(peer.user().getName(), read(channel)));
        } catch (IOException e) {
            log.warn("control: a request was cut off: " + e.getMessage());
        } finally {
            room.release();
        }
    }

    private Answer answer(String who, String line) {
        if (!who.equals(System.getProperty("user.name"))) {
            log.warn("control: " + who + " is refused: only the agent's own user may ask");
            return Answer.refused("only the user that the agent runs as may ask");
        }
        Request request;
        try {
            request = Request.parse(line);
        } catch (IllegalArgumentException e) {
            return Answer.failed(String.valueOf(e.getMessage()));
        }
        return request.command().equals("status")
                ? response.status(request)
                : response.answer(who, request);
    }

    private static String read(SocketChannel channel) throws IOException {
        var in =
                new BufferedReader(
                        new InputStreamReader(
                                Channels.newInputStream(channel), StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c >= 0 && c != '\n') {
            if (line.length() >= MAX_LINE) {
                throw new IOException("longer than " + MAX_LINE + " characters");
            }
            line.append((char) c);
            c = in.read();
        }
        return line.toString();
    }

    private void say(SocketChannel channel, Answer answer) {
        try {
            ByteBuffer bytes =
                    ByteBuffer.wrap((answer.line() + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                int _ = channel.write(bytes);
            }
            channel.close();
        } catch (IOException e) {
            log.warn("control: an answer was not taken: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("control: " + path + ": " + e.getMessage());
        }
    }
}
