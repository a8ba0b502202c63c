// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for container runtimes where they listen. */
final class RuntimeProbe {
    private static final Pattern VERSION = Pattern.compile("\"Version\"\\s*:\\s*\"([^\"]{1,64})\"");
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    /** Which runtime listens where. */
    private record Known(String runtime, String socket, boolean speaksDocker) {}

    private static final List<Known> KNOWN =
            List.of(
                    new Known("docker", "/run/docker.sock", true),
                    new Known("docker", "/var/run/docker.sock", true),
                    new Known("podman", "/run/podman/podman.sock", true),
                    new Known("containerd", "/run/containerd/containerd.sock", false),
                    new Known("containerd", "/run/k3s/containerd/containerd.sock", false),
                    new Known("cri-o", "/run/crio/crio.sock", false));

    /**
     * A runtime that is there.
     *
     * @param runtime its name
     * @param socket where it listens
     * @param version its version; empty when it was not asked or did not answer
     * @param remark what is to be said about it
     */
    record Found(String runtime, Path socket, String version, String remark) {}

    private RuntimeProbe() {}

    static List<Found> all() {
        List<Found> found = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (Known known : KNOWN) {
            Path socket = Path.of(known.socket());
            try {
                if (Files.exists(socket) && seen.add(socket.toRealPath())) {
                    found.add(ask(known, socket));
                }
            } catch (IOException e) {
                found.add(new Found(known.runtime(), socket, "", String.valueOf(e.getMessage())));
            }
        }
        return found;
    }

    private static Found ask(Known known, Path socket) {
        if (!known.speaksDocker()) {
            return new Found(
                    known.runtime(), socket, "", "its containers are told by id only, as yet");
        }
        try {
            Matcher version = VERSION.matcher(get(socket));
            return version.find()
                    ? new Found(known.runtime(), socket, version.group(1), "")
                    : new Found(known.runtime(), socket, "", "answers without a version");
        } catch (IOException e) {
            return new Found(known.runtime(), socket, "", "does not answer: " + e.getMessage());
        }
    }

    private static String get(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(
                    ByteBuffer.wrap(
                            "GET /version HTTP/1.0\r\nHost: docker\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
            int read = 0;
            while (answer.hasRemaining() && read >= 0) {
                // Until it closes, as HTTP/1.0 does.
                read = channel.read(answer);
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        }
    }
}
