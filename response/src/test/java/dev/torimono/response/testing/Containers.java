// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.testing;

import dev.torimono.model.Container;
import dev.torimono.model.Container.Pod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Containers for tests. */
public final class Containers {
    public static final String ID =
            "0123456789ab0123456789ab0123456789ab0123456789ab0123456789ab0123";

    private Containers() {}

    public static Container named(String name) {
        return of(ID, name, Map.of(), null);
    }

    public static Container labelled(Map<String, String> labels) {
        return of(ID, "web", labels, null);
    }

    public static Container inPod(String pod, Map<String, String> labels) {
        return of(ID, "web", Map.of(), new Pod(pod, "shop", "uid-1", "", labels, "10.0.0.7"));
    }

    public static Container of(
            String id, String name, Map<String, String> labels, @Nullable Pod pod) {
        return new Container(
                id.substring(0, Math.min(12, id.length())),
                id,
                name,
                "docker",
                "docker.io/library/nginx:1.27",
                "sha256:1",
                "docker.io/library/nginx",
                "1.27",
                "",
                false,
                labels,
                List.of(),
                "172.17.0.2",
                0,
                false,
                true,
                false,
                "",
                pod,
                false);
    }
}
