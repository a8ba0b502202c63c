// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.cri;

import dev.torimono.model.Container.Mount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a container's OCI runtime specification says of it. */
record OciSpec(JsonNode json) {
    private static final int MOST_MOUNTS = 512;
    private static final Set<String> PROPAGATIONS =
            Set.of("shared", "rshared", "slave", "rslave", "private", "rprivate");

    /** Whether it was given; everything else means nothing without it. */
    boolean isKnown() {
        return json.path("linux").isObject();
    }

    /** Whether the container has no namespace of that type of its own. */
    boolean shares(String namespace) {
        Set<String> own = new HashSet<>();
        for (JsonNode entry : json.path("linux").path("namespaces")) {
            own.add(entry.path("type").asString(""));
        }
        return isKnown() && !own.contains(namespace);
    }

    String annotation(String name) {
        return json.path("annotations").path(name).asString("");
    }

    /** Mounts of files of the host; what the runtime mounts for itself is left out. */
    List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>();
        for (JsonNode mount : json.path("mounts")) {
            Set<String> options = new HashSet<>();
            for (JsonNode option : mount.path("options")) {
                options.add(option.asString(""));
            }
            boolean bind = options.contains("bind") || options.contains("rbind");
            if (bind && mounts.size() < MOST_MOUNTS) {
                String propagation =
                        options.stream().filter(PROPAGATIONS::contains).findFirst().orElse("");
                mounts.add(
                        new Mount(
                                mount.path("source").asString(""),
                                mount.path("destination").asString(""),
                                "",
                                !options.contains("ro"),
                                propagation));
            }
        }
        return mounts;
    }
}
