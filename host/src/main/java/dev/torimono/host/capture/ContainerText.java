// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.host.docker.DockerMounts;
import dev.torimono.model.Container;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of a recorded container event. */
final class ContainerText {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SHORT_ID = 12;

    /** What a recorder writes while the runtime has not answered. */
    static final String INCOMPLETE = "incomplete";

    static final String POD_NAME = "io.kubernetes.pod.name";
    static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
    static final String POD_UID = "io.kubernetes.pod.uid";

    /** What the format's numbers of runtimes mean. */
    private static final Map<Integer, String> RUNTIMES =
            Map.ofEntries(
                    Map.entry(0, "docker"),
                    Map.entry(1, "lxc"),
                    Map.entry(2, "libvirt-lxc"),
                    Map.entry(3, "mesos"),
                    Map.entry(4, "rkt"),
                    Map.entry(6, "cri"),
                    Map.entry(7, "containerd"),
                    Map.entry(8, "cri-o"),
                    Map.entry(9, "bpm"),
                    Map.entry(11, "podman"));

    private static final int UNKNOWN_TYPE = 0xffff;

    private ContainerText() {}

    /** The format's number of a runtime. */
    static int type(String runtime) {
        for (Map.Entry<Integer, String> entry : RUNTIMES.entrySet()) {
            if (entry.getValue().equals(runtime)) {
                return entry.getKey();
            }
        }
        return UNKNOWN_TYPE;
    }

    /** The container; null when the text tells of none. */
    static @Nullable Container parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text).path("container");
        } catch (JacksonException e) {
            return null; // a damaged event must not end the replay
        }
        String full = text(root, "full_id");
        String id = text(root, "id");
        if (id.isEmpty()) {
            return null;
        }
        boolean pending = text(root, "image").equals(INCOMPLETE);
        return new Container(
                id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id,
                full.isEmpty() ? id : full,
                pending ? "" : text(root, "name"),
                RUNTIMES.getOrDefault(root.path("type").asInt(-1), ""),
                pending ? "" : text(root, "image"),
                pending ? "" : text(root, "imageid"),
                pending ? "" : text(root, "imagerepo"),
                pending ? "" : text(root, "imagetag"),
                pending ? "" : text(root, "imagedigest"),
                root.has("privileged") ? root.path("privileged").asBoolean(false) : null,
                labels(root.path("labels")),
                DockerMounts.read(root.path("Mounts")),
                text(root, "ip"),
                root.path("created_time").asLong(0) * 1_000_000_000L,
                root.path("host_pid").asBoolean(false),
                root.path("host_network").asBoolean(false),
                root.path("host_ipc").asBoolean(false),
                "",
                pod(root),
                pending);
    }

    private static Container.@Nullable Pod pod(JsonNode root) {
        JsonNode labels = root.path("labels");
        String name = text(labels, POD_NAME);
        if (name.isEmpty()) {
            return null;
        }
        return new Container.Pod(
                name,
                text(labels, POD_NAMESPACE),
                text(labels, POD_UID),
                text(root, "pod_sandbox_id"),
                labels(root.path("pod_sandbox_labels")),
                text(root, "pod_ip"));
    }

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new LinkedHashMap<>();
        node.forEachEntry((key, value) -> labels.put(key, value.asString("")));
        return labels;
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }
}
