// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as its runtime describes it. Immutable: when metadata arrives the host replaces it.
 *
 * @param id short id, 12 characters, as Falco prints it
 * @param fullId the runtime's full id
 * @param name its name; empty while {@link #pending}
 * @param runtime {@code docker}, {@code containerd}, {@code cri-o}, {@code podman}, {@code lxc} …
 * @param image image reference as given
 * @param imageId digest of the image configuration
 * @param imageRepository reference without tag
 * @param imageTag tag
 * @param imageDigest repository digest
 * @param privileged runs with every privilege; null unknown
 * @param labels labels
 * @param mounts mounts
 * @param ip address; empty when it has none of its own
 * @param createdNs creation time, ns since the epoch; 0 unknown
 * @param hostPid shares the host's pid namespace
 * @param hostNetwork shares the host's network namespace
 * @param hostIpc shares the host's IPC namespace
 * @param healthcheck command of the health check; empty when none
 * @param pod the pod it belongs to; null outside Kubernetes
 * @param pending the runtime has not answered yet: only id and runtime are true
 */
public record Container(
        String id,
        String fullId,
        String name,
        String runtime,
        String image,
        String imageId,
        String imageRepository,
        String imageTag,
        String imageDigest,
        @Nullable Boolean privileged,
        Map<String, String> labels,
        List<Mount> mounts,
        String ip,
        long createdNs,
        boolean hostPid,
        boolean hostNetwork,
        boolean hostIpc,
        String healthcheck,
        @Nullable Pod pod,
        boolean pending) {

    /**
     * One mount.
     *
     * @param source path on the host, or the volume's name
     * @param destination path in the container
     * @param mode mount options
     * @param writable mounted read-write
     * @param propagation mount propagation
     */
    public record Mount(
            String source, String destination, String mode, boolean writable, String propagation) {}

    /**
     * The Kubernetes pod of a container.
     *
     * @param name pod name
     * @param namespace namespace
     * @param uid pod uid
     * @param sandboxId full id of the sandbox container
     * @param labels pod labels
     * @param ip pod address
     * @param annotations pod annotations
     * @param workload who made it, {@code Kind/name}; empty unknown
     */
    public record Pod(
            String name,
            String namespace,
            String uid,
            String sandboxId,
            Map<String, String> labels,
            String ip,
            Map<String, String> annotations,
            String workload) {
        public Pod {
            labels = Map.copyOf(labels);
            annotations = Map.copyOf(annotations);
        }

        /** One of which only that is known. */
        public Pod(
                String name,
                String namespace,
                String uid,
                String sandboxId,
                Map<String, String> labels,
                String ip) {
            this(name, namespace, uid, sandboxId, labels, ip, Map.of(), "");
        }
    }

    public Container {
        labels = Map.copyOf(labels);
        mounts = List.copyOf(mounts);
    }

    /** A container of which only the id is known so far. */
    public static Container pending(String fullId, String runtime) {
        return new Container(
                fullId.length() > 12 ? fullId.substring(0, 12) : fullId,
                fullId,
                "",
                runtime,
                "",
                "",
                "",
                "",
                "",
                null,
                Map.of(),
                List.of(),
                "",
                0,
                false,
                false,
                false,
                "",
                null,
                true);
    }
}
