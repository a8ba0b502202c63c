// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.container;

import dev.torimono.model.Container;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Acts on containers through the Docker Engine API, which podman's service speaks too. */
public final class DockerControl implements ContainerControl {
    private static final int GRACE_S = 10;
    private static final long TIMEOUT_MS = 5_000;

    /** Containers of pods that Docker's containerd runs are a kubelet's to begin again. */
    private static final Set<String> RUNTIMES = Set.of("docker", "podman");

    private final String name;
    private final UnixHttp http;

    /**
     * One engine.
     *
     * @param name how it is named in reasons
     * @param socket its API socket
     */
    public DockerControl(String name, Path socket) {
        this.name = name;
        this.http = new UnixHttp(socket);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean restarts(Container container) {
        return RUNTIMES.contains(container.runtime());
    }

    @Override
    public Answer act(Operation operation, Container container, long pid) {
        String id = container.fullId();
        if (!id.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-')) {
            return new NotMine("\"" + id + "\" is no container id");
        }
        String path = "/containers/" + id + "/";
        try {
            return switch (operation) {
                case PAUSE -> answer(http.post(path + "pause", TIMEOUT_MS));
                case UNPAUSE -> answer(http.post(path + "unpause", TIMEOUT_MS));
                case KILL -> answer(http.post(path + "kill", TIMEOUT_MS));
                case START -> answer(http.post(path + "start", TIMEOUT_MS));
                case STOP -> answer(http.post(path + "stop?t=" + GRACE_S, stopTimeoutMs()));
            };
        } catch (IOException e) {
            return new NotMine(String.valueOf(e.getMessage()));
        }
    }

    /** The engine answers when the container has ended. */
    private static long stopTimeoutMs() {
        return GRACE_S * 1000L + TIMEOUT_MS;
    }

    private Answer answer(UnixHttp.Response response) {
        return switch (response.status()) {
            case 200, 204 -> new Done("");
            case 304 -> new Done("it was so already");
            case 404 -> new NotMine("it knows no such container");
            default -> new Refused(name + " refused: " + response.status() + " " + response.body());
        };
    }
}
