// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.scope;

import dev.torimono.model.Container.Pod;
import java.util.Map;

/**
 * The Kubernetes workload that a pod belongs to, told from the labels and names its controller
 * gives it: a runtime knows no owner references. Empty where it cannot be told.
 *
 * @param kind {@code deployment}, {@code replicaset}, {@code statefulset}, {@code daemonset},
 *     {@code job} or empty
 * @param name its name
 */
record PodWorkload(String kind, String name) {
    private static final PodWorkload UNKNOWN = new PodWorkload("", "");

    static PodWorkload of(Pod pod) {
        Map<String, String> labels = pod.labels();
        String job = labels.getOrDefault("batch.kubernetes.io/job-name", labels.get("job-name"));
        if (job != null) {
            return new PodWorkload("job", job);
        }
        String hash = labels.get("pod-template-hash");
        if (hash != null) {
            String set = withoutLastPart(pod.name());
            return set.endsWith("-" + hash)
                    ? new PodWorkload(
                            "deployment", set.substring(0, set.length() - hash.length() - 1))
                    : UNKNOWN;
        }
        if (labels.containsKey("statefulset.kubernetes.io/pod-name")) {
            return new PodWorkload("statefulset", withoutLastPart(pod.name()));
        }
        if (labels.containsKey("controller-revision-hash")) {
            return new PodWorkload("daemonset", withoutLastPart(pod.name()));
        }
        return UNKNOWN;
    }

    /** Name of the replica set of a deployment's pod; empty for others. */
    static String replicaSet(Pod pod) {
        return of(pod).kind().equals("deployment") ? withoutLastPart(pod.name()) : "";
    }

    /** The name if the kind is that one; else empty. */
    String nameOf(String wanted) {
        return kind.equals(wanted) ? name : "";
    }

    private static String withoutLastPart(String name) {
        int dash = name.lastIndexOf('-');
        return dash < 0 ? name : name.substring(0, dash);
    }
}
