// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Container;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final String INCOMPLETE = "incomplete";

    private ContainerText() {}

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
                runtime(root.path("type").asInt(-1)),
                pending ? "" : text(root, "image"),
                pending ? "" : text(root, "imageid"),
                pending ? "" : text(root, "imagerepo"),
                pending ? "" : text(root, "imagetag"),
                pending ? "" : text(root, "imagedigest"),
                root.has("privileged") ? root.path("privileged").asBoolean(false) : null,
                labels(root.path("labels")),
                mounts(root.path("Mounts")),
                text(root, "ip"),
                root.path("created_time").asLong(0) * 1_000_000_000L,
                root.path("host_pid").asBoolean(false),
                root.path("host_network").asBoolean(false),
                root.path("host_ipc").asBoolean(false),
                "",
                null,
                pending);
    }

    private static String runtime(int type) {
        return switch (type) {
            case 0 -> "docker";
            case 1 -> "lxc";
            case 2 -> "libvirt-lxc";
            case 3 -> "mesos";
            case 4 -> "rkt";
            case 6 -> "cri";
            case 7 -> "containerd";
            case 8 -> "cri-o";
            case 9 -> "bpm";
            case 11 -> "podman";
            default -> "";
        };
    }

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new LinkedHashMap<>();
        node.forEachEntry((key, value) -> labels.put(key, value.asString("")));
        return labels;
    }

    private static List<Container.Mount> mounts(JsonNode node) {
        List<Container.Mount> mounts = new ArrayList<>();
        for (JsonNode mount : node) {
            mounts.add(
                    new Container.Mount(
                            text(mount, "Source"),
                            text(mount, "Destination"),
                            text(mount, "Mode"),
                            mount.path("RW").asBoolean(false),
                            text(mount, "Propagation")));
        }
        return mounts;
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }
}
