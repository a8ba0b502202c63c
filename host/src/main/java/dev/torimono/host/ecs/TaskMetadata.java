// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.ecs;

import dev.torimono.host.container.ImageName;
import dev.torimono.model.Container;
import dev.torimono.model.Epoch;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads the answer of {@code GET ${ECS_CONTAINER_METADATA_URI_V4}/task}. */
final class TaskMetadata {
    static final String RUNTIME = "ecs";
    private static final int SHORT_ID = 12;

    /** More than a task may have. */
    private static final int MOST_CONTAINERS = 128;

    /** Of the task itself, told with every container as labels. */
    private static final Map<String, String> OF_THE_TASK =
            Map.of(
                    "Cluster", "com.amazonaws.ecs.cluster",
                    "TaskARN", "com.amazonaws.ecs.task-arn",
                    "Family", "com.amazonaws.ecs.task-definition-family",
                    "Revision", "com.amazonaws.ecs.task-definition-version");

    private TaskMetadata() {}

    static List<Container> containers(JsonNode task) {
        Map<String, String> common = new HashMap<>();
        OF_THE_TASK.forEach(
                (field, label) -> {
                    String value = text(task, field);
                    if (!value.isEmpty()) {
                        common.put(label, value);
                    }
                });
        List<Container> containers = new ArrayList<>();
        for (JsonNode each : task.path("Containers")) {
            if (!text(each, "DockerId").isEmpty() && containers.size() < MOST_CONTAINERS) {
                containers.add(container(each, common));
            }
        }
        return containers;
    }

    private static Container container(JsonNode json, Map<String, String> common) {
        Map<String, String> labels = new HashMap<>(common);
        json.path("Labels")
                .propertyStream()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        String image = text(json, "Image");
        ImageName name = ImageName.parse(image);
        return named(
                text(json, "DockerId"),
                text(json, "Name"),
                image,
                text(json, "ImageID"),
                name,
                labels,
                address(json),
                time(text(json, "CreatedAt")));
    }

    /** One of which no more than its name is known. */
    static Container named(String fullId, String name) {
        return named(fullId, name, "", "", new ImageName("", "", ""), Map.of(), "", 0);
    }

    private static Container named(
            String fullId,
            String name,
            String image,
            String imageId,
            ImageName parts,
            Map<String, String> labels,
            String ip,
            long createdNs) {
        return new Container(
                fullId.substring(0, Math.min(SHORT_ID, fullId.length())),
                fullId,
                name,
                RUNTIME,
                image,
                imageId,
                parts.repository(),
                parts.tag(),
                parts.digest(),
                null,
                labels,
                List.of(),
                ip,
                createdNs,
                false,
                false,
                false,
                "",
                null,
                false);
    }

    private static String address(JsonNode json) {
        for (JsonNode network : json.path("Networks")) {
            String address = network.path("IPv4Addresses").path(0).asString("");
            if (!address.isEmpty()) {
                return address;
            }
        }
        return "";
    }

    private static long time(String text) {
        try {
            return Epoch.ns(Instant.parse(text));
        } catch (DateTimeException e) {
            return 0;
        }
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asString("");
    }
}
