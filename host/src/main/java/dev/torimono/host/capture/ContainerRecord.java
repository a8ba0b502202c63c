// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the event by which a capture tells of a container; {@link ContainerText} reads it. */
public final class ContainerRecord {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final EventType TYPE = EventType.symbol("CONTAINER_JSON_2_E");
    private static final long NS_PER_S = 1_000_000_000L;

    private ContainerRecord() {}

    /** The event of a container as it is known now. */
    public static Event of(Container container, long timestampNs) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode node = root.putObject("container");
        node.put("id", container.id()).put("full_id", container.fullId());
        node.put("type", ContainerText.type(container.runtime())).put("name", container.name());
        node.put("image", container.pending() ? ContainerText.INCOMPLETE : container.image());
        node.put("imageid", container.imageId()).put("imagerepo", container.imageRepository());
        node.put("imagetag", container.imageTag()).put("imagedigest", container.imageDigest());
        node.put("ip", container.ip()).put("created_time", container.createdNs() / NS_PER_S);
        node.put("privileged", Boolean.TRUE.equals(container.privileged()));
        node.put("is_pod_sandbox", false).put("lookup_state", container.pending() ? 0 : 1);
        node.put("host_pid", container.hostPid()).put("host_network", container.hostNetwork());
        node.put("host_ipc", container.hostIpc());
        ObjectNode labels = node.putObject("labels");
        container.labels().forEach(labels::put);
        mounts(node.putArray("Mounts"), container);
        pod(node, labels, container.pod());
        return new EventBuilder(TYPE, timestampNs, -1)
                .text("json", JSON.writeValueAsString(root))
                .event();
    }

    private static void mounts(ArrayNode to, Container container) {
        for (Container.Mount mount : container.mounts()) {
            to.addObject()
                    .put("Source", mount.source())
                    .put("Destination", mount.destination())
                    .put("Mode", mount.mode())
                    .put("RW", mount.writable())
                    .put("Propagation", mount.propagation());
        }
    }

    private static void pod(
            ObjectNode node,
            ObjectNode labels,
            Container.@org.jspecify.annotations.Nullable Pod pod) {
        if (pod == null) {
            return;
        }
        labels.put(ContainerText.POD_NAME, pod.name());
        labels.put(ContainerText.POD_NAMESPACE, pod.namespace());
        labels.put(ContainerText.POD_UID, pod.uid());
        node.put("pod_sandbox_id", pod.sandboxId()).put("pod_ip", pod.ip());
        ObjectNode of = node.putObject("pod_sandbox_labels");
        pod.labels().forEach(of::put);
    }
}
