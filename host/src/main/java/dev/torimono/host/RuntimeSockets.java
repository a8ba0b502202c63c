// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import dev.torimono.host.container.RuntimeClient;
import dev.torimono.host.cri.CriClient;
import dev.torimono.host.docker.DockerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where container runtimes listen, by default and as configured, and who talks to them. */
public final class RuntimeSockets {
    private static final String DOCKER = "docker";
    private static final String PODMAN = "podman";
    private static final String CONTAINERD = "containerd";
    private static final String CRI_O = "cri-o";

    /** Of Docker and podman, which serves Docker's API. */
    static final List<Path> DOCKER_SOCKETS =
            List.of(
                    Path.of("/run/docker.sock"),
                    Path.of("/var/run/docker.sock"),
                    Path.of("/run/podman/podman.sock"));

    /** Of containerd, also as k3s, k0s and MicroK8s start it, and CRI-O. */
    private static final List<Path> CRI_SOCKETS =
            List.of(
                    Path.of("/run/containerd/containerd.sock"),
                    Path.of("/run/k3s/containerd/containerd.sock"),
                    Path.of("/run/k0s/containerd.sock"),
                    Path.of("/var/snap/microk8s/common/run/containerd.sock"),
                    Path.of("/run/crio/crio.sock"),
                    Path.of("/var/run/crio/crio.sock"));

    private RuntimeSockets() {}

    /** A client for each usual place, whether a runtime listens there now or later. */
    public static List<RuntimeClient> defaults() {
        return clients(List.of(), List.of());
    }

    /**
     * A client for each socket. A path that names podman is podman's, one that names crio CRI-O's.
     * Two paths to one folder count once.
     *
     * @param docker of daemons that serve Docker's API; empty for the usual places
     * @param cri of containerd and CRI-O; empty for the usual places
     */
    public static List<RuntimeClient> clients(List<Path> docker, List<Path> cri) {
        List<RuntimeClient> clients =
                new ArrayList<>(docker(docker.isEmpty() ? DOCKER_SOCKETS : docker));
        clients.addAll(cris(cri));
        return clients;
    }

    /** Those of containerd and CRI-O alone. */
    static List<RuntimeClient> cris(List<Path> cri) {
        return cri(cri.isEmpty() ? CRI_SOCKETS : cri);
    }

    static List<RuntimeClient> docker(List<Path> sockets) {
        Map<Path, RuntimeClient> clients = new LinkedHashMap<>();
        for (Path socket : sockets) {
            String runtime = socket.toString().contains(PODMAN) ? PODMAN : DOCKER;
            clients.computeIfAbsent(inRealFolder(socket), path -> new DockerClient(path, runtime));
        }
        return List.copyOf(clients.values());
    }

    static List<RuntimeClient> cri(List<Path> sockets) {
        Map<Path, RuntimeClient> clients = new LinkedHashMap<>();
        for (Path socket : sockets) {
            boolean crio = socket.toString().contains("crio") || socket.toString().contains(CRI_O);
            String runtime = crio ? CRI_O : CONTAINERD;
            clients.computeIfAbsent(inRealFolder(socket), path -> new CriClient(path, runtime));
        }
        return List.copyOf(clients.values());
    }

    /** /var/run is a link to /run on most systems; the socket itself may not be there yet. */
    private static Path inRealFolder(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        Path name = path.getFileName();
        if (folder == null || name == null) {
            return path;
        }
        try {
            return folder.toRealPath().resolve(name);
        } catch (IOException e) {
            return path;
        }
    }
}
