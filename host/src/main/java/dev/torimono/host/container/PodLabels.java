// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.model.Container.Pod;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pod of a container by the labels that the kubelet puts on every container. */
public final class PodLabels {
    private static final String PREFIX = "io.kubernetes.";
    private static final String UID = "io.kubernetes.pod.uid";

    private PodLabels() {}

    /** Null outside Kubernetes. */
    public static @Nullable Pod pod(Map<String, String> labels, String sandboxId) {
        String uid = labels.getOrDefault(UID, "");
        if (uid.isEmpty()) {
            return null;
        }
        String name = labels.getOrDefault("io.kubernetes.pod.name", "");
        return new Pod(
                name,
                labels.getOrDefault("io.kubernetes.pod.namespace", ""),
                uid,
                labels.getOrDefault("io.kubernetes.sandbox.id", sandboxId),
                Map.of(),
                "",
                Map.of(),
                Workload.of(name, labels));
    }

    /** The name of the container in its pod; empty for none. */
    public static String container(Map<String, String> labels) {
        return labels.getOrDefault("io.kubernetes.container.name", "");
    }

    /** Labels that people gave, without the kubelet's own. */
    public static Map<String, String> own(Map<String, String> labels) {
        Map<String, String> own = new HashMap<>(labels);
        own.keySet().removeIf(key -> key.startsWith(PREFIX) || key.startsWith("io.cri-containerd"));
        return own;
    }
}
