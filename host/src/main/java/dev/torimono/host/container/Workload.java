// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import java.util.Map;

/**
 * Which workload a pod belongs to, as far as the labels that its controller gave it tell: the
 * runtime does not know owners, and we do not ask the cluster.
 */
public final class Workload {
    private static final String TEMPLATE_HASH = "pod-template-hash";
    private static final String REVISION_HASH = "controller-revision-hash";
    private static final String STATEFUL_POD = "statefulset.kubernetes.io/pod-name";
    private static final String JOB = "batch.kubernetes.io/job-name";
    private static final String OLD_JOB = "job-name";

    private Workload() {}

    /** {@code Kind/name}; {@code Pod/name} when nothing says that somebody else made it. */
    public static String of(String pod, Map<String, String> labels) {
        String hash = labels.getOrDefault(TEMPLATE_HASH, "");
        String job = labels.getOrDefault(JOB, labels.getOrDefault(OLD_JOB, ""));
        if (!hash.isEmpty() && pod.contains("-" + hash)) {
            return "Deployment/" + pod.substring(0, pod.lastIndexOf("-" + hash));
        }
        if (!job.isEmpty()) {
            return "Job/" + job;
        }
        if (labels.containsKey(STATEFUL_POD)) {
            return "StatefulSet/" + beforeLastDash(pod);
        }
        if (labels.containsKey(REVISION_HASH)) {
            return "DaemonSet/" + beforeLastDash(pod);
        }
        return pod.isEmpty() ? "" : "Pod/" + pod;
    }

    private static String beforeLastDash(String name) {
        int dash = name.lastIndexOf('-');
        return dash < 0 ? name : name.substring(0, dash);
    }
}
