// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.docker;

import dev.torimono.model.Container;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The mounts of a container as Docker writes them, and after it those who record containers. */
public final class DockerMounts {
    private DockerMounts() {}

    /**
     * Reads an array of them; what is not there is empty.
     *
     * @param mounts the value of {@code Mounts}
     */
    public static List<Container.Mount> read(JsonNode mounts) {
        List<Container.Mount> read = new ArrayList<>();
        for (JsonNode mount : mounts) {
            read.add(
                    new Container.Mount(
                            mount.path("Source").asString(""),
                            mount.path("Destination").asString(""),
                            mount.path("Mode").asString(""),
                            mount.path("RW").asBoolean(false),
                            mount.path("Propagation").asString("")));
        }
        return read;
    }
}
