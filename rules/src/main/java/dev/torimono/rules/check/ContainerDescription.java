// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.model.Container;
import dev.torimono.rules.read.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a container from its description. */
final class ContainerDescription {
    private static final Set<String> KEYS =
            Set.of(
                    "id",
                    "name",
                    "runtime",
                    "image",
                    "image_id",
                    "image_digest",
                    "privileged",
                    "labels",
                    "mounts",
                    "ip",
                    "host_pid",
                    "host_network",
                    "host_ipc",
                    "healthcheck",
                    "pod",
                    "pending");
    private static final Set<String> MOUNT_KEYS =
            Set.of("source", "destination", "mode", "writable", "propagation");
    private static final Set<String> POD_KEYS =
            Set.of("name", "namespace", "uid", "sandbox_id", "labels", "ip");

    private ContainerDescription() {}

    static Container of(YamlNode node) {
        Described container = Described.of(node, "a container", KEYS);
        String id = container.text("id", "0123456789ab");
        String image = container.text("image", "docker.io/library/test:latest");
        // A colon before the last slash belongs to a registry's port.
        int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
        return new Container(
                id.length() > 12 ? id.substring(0, 12) : id,
                id,
                container.text("name", "test"),
                container.text("runtime", "docker"),
                image,
                container.text("image_id", ""),
                colon < 0 ? image : image.substring(0, colon),
                colon < 0 ? "latest" : image.substring(colon + 1),
                container.text("image_digest", ""),
                container.flag("privileged"),
                container.map("labels"),
                mounts(container),
                container.text("ip", ""),
                0,
                container.flag("host_pid"),
                container.flag("host_network"),
                container.flag("host_ipc"),
                container.text("healthcheck", ""),
                pod(container.get("pod")),
                container.flag("pending"));
    }

    private static List<Container.Mount> mounts(Described container) {
        List<Container.Mount> mounts = new ArrayList<>();
        YamlNode node = container.get("mounts");
        if (node != null) {
            for (YamlNode each : Described.list(node)) {
                Described mount = Described.of(each, "a mount", MOUNT_KEYS);
                mounts.add(
                        new Container.Mount(
                                mount.required("source"),
                                mount.required("destination"),
                                mount.text("mode", ""),
                                mount.flag("writable"),
                                mount.text("propagation", "private")));
            }
        }
        return mounts;
    }

    private static Container.@Nullable Pod pod(@Nullable YamlNode node) {
        if (node == null) {
            return null;
        }
        Described pod = Described.of(node, "a pod", POD_KEYS);
        return new Container.Pod(
                pod.required("name"),
                pod.text("namespace", "default"),
                pod.text("uid", ""),
                pod.text("sandbox_id", ""),
                pod.map("labels"),
                pod.text("ip", ""));
    }
}
