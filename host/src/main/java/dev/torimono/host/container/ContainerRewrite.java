// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.model.Container;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes containers from less than a runtime's answer, and copies with one thing changed. */
final class ContainerRewrite {
    private static final int ID_LENGTH = 64;

    private ContainerRewrite() {}

    /** All that a cgroup path tells. A name instead of an id is not shortened. */
    static Container firstSight(Placement placement) {
        Container pending = Container.pending(placement.id(), placement.runtime());
        String id = placement.id().length() == ID_LENGTH ? pending.id() : placement.id();
        return copy(pending, id, null, true);
    }

    /** With the pod's uid, where the container has a pod that does not tell it. */
    static Container withPodUid(Container of, String uid) {
        Container.Pod pod = of.pod();
        if (uid.isEmpty() || (pod != null && !pod.uid().isEmpty())) {
            return of;
        }
        Container.Pod named =
                pod == null
                        ? new Container.Pod("", "", uid, "", Map.of(), "")
                        : new Container.Pod(
                                pod.name(),
                                pod.namespace(),
                                uid,
                                pod.sandboxId(),
                                pod.labels(),
                                pod.ip(),
                                pod.annotations(),
                                pod.workload());
        return copy(of, of.id(), named, of.pending());
    }

    /** The same, no longer waiting for an answer. */
    static Container settled(Container of) {
        return copy(of, of.id(), of.pod(), false);
    }

    private static Container copy(
            Container of, String id, Container.@Nullable Pod pod, boolean pending) {
        return new Container(
                id,
                of.fullId(),
                of.name(),
                of.runtime(),
                of.image(),
                of.imageId(),
                of.imageRepository(),
                of.imageTag(),
                of.imageDigest(),
                of.privileged(),
                of.labels(),
                of.mounts(),
                of.ip(),
                of.createdNs(),
                of.hostPid(),
                of.hostNetwork(),
                of.hostIpc(),
                of.healthcheck(),
                pod,
                pending);
    }
}
