// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Asks a running agent. */
public final class ControlClient {
    private final Path socket;

    public ControlClient(Path socket) {
        this.socket = socket;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws AgentException when no agent answers
     */
    public Answer ask(Request request) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer bytes =
                    ByteBuffer.wrap((request.line() + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                int _ = channel.write(bytes);
            }
            String line =
                    new String(
                            Channels.newInputStream(channel).readAllBytes(),
                            StandardCharsets.UTF_8);
            if (line.isBlank()) {
                throw new IOException("it closed the connection without an answer");
            }
            return Answer.parse(line);
        } catch (IOException e) {
            throw new AgentException(
                    Reason.ENVIRONMENT,
                    socket
                            + ": no agent answers: "
                            + e.getMessage()
                            + "; is it running, and are you root?",
                    e);
        }
    }
}
