// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a collector gets: everything of the JSON format whatever other outputs leave out, and the
 * container with its labels.
 */
public final class FleetFormat implements AlertFormat {
    private final JsonFormat json;

    /**
     * @param shape tags and cluster of this agent, and static fields
     */
    public FleetFormat(AlertShape shape, ZoneId zone) {
        AlertShape whole =
                new AlertShape(
                        false,
                        true,
                        false,
                        true,
                        true,
                        shape.staticFields(),
                        shape.agentTags(),
                        shape.cluster(),
                        true);
        this.json = new JsonFormat(whole, zone);
    }

    @Override
    public byte[] render(Alert alert) {
        byte[] plain = json.render(alert);
        Container container = alert.container();
        if (container == null || container.pending()) {
            return plain;
        }
        byte[] head =
                new JsonWriter()
                        .beginObject()
                        .name("container")
                        .value(describe(container))
                        .toBytes();
        // Both begin with a brace: the second one's becomes the comma between them.
        byte[] whole = new byte[head.length + plain.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(plain, 0, whole, head.length, plain.length);
        whole[head.length] = ',';
        return whole;
    }

    @Override
    public String contentType() {
        return json.contentType();
    }

    private static Map<String, Object> describe(Container container) {
        Map<String, Object> map = new TreeMap<>();
        map.put("id", container.id());
        map.put("name", container.name());
        map.put("image_repository", container.imageRepository());
        map.put("image_tag", container.imageTag());
        map.put("image_id", container.imageId());
        map.put("image_digest", container.imageDigest());
        map.put("runtime", container.runtime());
        map.put("labels", new TreeMap<>(container.labels()));
        Container.Pod pod = container.pod();
        if (pod != null) {
            map.put(
                    "pod",
                    Map.of("name", pod.name(), "namespace", pod.namespace(), "uid", pod.uid()));
        }
        return map;
    }
}
