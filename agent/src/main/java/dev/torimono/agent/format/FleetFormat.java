// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import dev.torimono.model.Finding;
import dev.torimono.model.Grounds;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a collector gets: everything of the JSON format whatever other outputs leave out, and the
 * container with its labels, and why the rule matched.
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
        JsonWriter more = new JsonWriter().beginObject();
        Container container = alert.container();
        if (container != null && !container.pending()) {
            more.name("container").value(describe(container));
        }
        Grounds grounds = alert.finding().grounds();
        if (grounds != null) {
            more.name("grounds");
            grounds(more, grounds, alert.finding());
        }
        byte[] head = more.toBytes();
        if (head.length == 1) {
            return plain;
        }
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

    /** What its output does not tell anyway. */
    private static void grounds(JsonWriter json, Grounds grounds, Finding finding) {
        json.beginObject().name("condition").string(grounds.condition());
        json.name("parts").beginArray();
        for (Grounds.Part part : grounds.parts()) {
            json.beginObject().name("from").number(part.from());
            if (!part.test().isEmpty()) {
                json.name("test").string(part.test());
            }
            json.name("to").number(part.to()).endObject();
        }
        json.endArray().name("values").beginObject();
        grounds.values()
                .forEach(
                        (field, value) -> {
                            if (!finding.outputFields().containsKey(field)) {
                                json.name(field).value(value);
                            }
                        });
        json.endObject().endObject();
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
