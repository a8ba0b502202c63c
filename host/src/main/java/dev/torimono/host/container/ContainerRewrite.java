// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.model.Container;
import java.util.Map;

/** Copies of a container with one thing changed. */
final class ContainerRewrite {
    private ContainerRewrite() {}

    /** A pod of which only the uid is known. */
    static Container.Pod pod(String uid) {
        return new Container.Pod("", "", uid, "", Map.of(), "");
    }

    static Container withPod(Container of, Container.Pod pod) {
        return new Container(
                of.id(),
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
                of.pending());
    }

    /** The same, no longer waiting for an answer. */
    static Container settled(Container of) {
        return new Container(
                of.id(),
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
                of.pod(),
                false);
    }
}
