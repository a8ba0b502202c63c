// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.host.RuntimeSockets;
import dev.torimono.host.container.RuntimeClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for container runtimes where they listen, with the agent's own clients. */
final class RuntimeProbe {
    /** Programs whose presence says that a runtime is installed though nothing listens. */
    private static final List<Installed> SILENT =
            List.of(
                    new Installed(
                            "podman",
                            Path.of("/usr/bin/podman"),
                            "podman is installed but its socket is not active, so its containers"
                                    + " are told by id only: systemctl enable --now podman.socket"));

    /**
     * A runtime that is there.
     *
     * @param runtime its name
     * @param socket where it listens
     * @param version its version; empty when it was not asked or did not answer
     * @param remark what is to be said about it
     */
    record Found(String runtime, Path socket, String version, String remark) {}

    /** A runtime that only listens when asked to. */
    private record Installed(String runtime, Path program, String advice) {}

    private RuntimeProbe() {}

    static List<Found> all(List<Path> dockerSockets, List<Path> criSockets) {
        List<Found> found = new ArrayList<>();
        for (RuntimeClient client : RuntimeSockets.clients(dockerSockets, criSockets)) {
            try (client) {
                if (client.present()) {
                    found.add(ask(client));
                }
            }
        }
        return found;
    }

    /** What to do about runtimes that are installed and silent. */
    static List<String> silent(List<Found> found) {
        return SILENT.stream()
                .filter(installed -> Files.isExecutable(installed.program()))
                .filter(i -> found.stream().noneMatch(f -> f.runtime().equals(i.runtime())))
                .map(Installed::advice)
                .toList();
    }

    private static Found ask(RuntimeClient client) {
        try {
            String version = client.version();
            String remark = version.isEmpty() ? "answers without a version" : "";
            return new Found(client.runtime(), client.socket(), version, remark);
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            boolean refused = why.contains("Permission denied");
            String advice = refused ? ": run as root, or join the socket's group" : "";
            return new Found(
                    client.runtime(), client.socket(), "", "does not answer: " + why + advice);
        }
    }
}
