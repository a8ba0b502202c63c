// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.event;

import static dev.torimono.collector.event.AlertEvents.text;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where an event happened, in Sysdig's names: host, container, pod, cluster, tags of the agent. */
final class Labels {
    private static final int MAX_USER_LABELS = 64;
    private static final String HOST = "host";

    private final Map<String, String> labels = new TreeMap<>();
    private String containerId = "";

    private Labels() {}

    static Labels of(ObjectNode alert, String hostname) {
        Labels labels = new Labels();
        labels.put("host.hostName", AlertEvents.orElse(text(alert, "hostname"), hostname));
        labels.fields(alert.path("output_fields"));
        labels.agent(alert.path("agent"));
        labels.container(alert.path("container"));
        if (labels.containerId.isEmpty()) {
            labels.container(text(alert.path("lineage").path(0), "container"));
        }
        return labels;
    }

    /** Empty on the host. */
    String containerId() {
        return containerId;
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        labels.forEach(json::put);
        return json;
    }

    private void put(String label, String value) {
        if (!value.isEmpty() && !value.equals("<NA>")) {
            labels.put(label, value);
        }
    }

    private void fields(JsonNode fields) {
        AlertEvents.LABEL_FIELDS.forEach((label, field) -> put(label, text(fields, field)));
        container(text(fields, "container.id"));
    }

    private void container(String id) {
        if (!id.isEmpty() && !id.equals(HOST) && !id.equals("<NA>")) {
            containerId = id;
            put("container.id", id);
        } else if (id.equals(HOST)) {
            // Falco calls the host a container of that name.
            labels.remove("container.name");
        }
    }

    private void agent(JsonNode agent) {
        put("kubernetes.cluster.name", text(agent, "cluster"));
        user("agent.tag.", agent.path("tags"));
    }

    /** What an agent of ours knows of the container beyond the fields of the rule. */
    private void container(JsonNode container) {
        container(text(container, "id"));
        put("container.name", text(container, "name"));
        put("container.image.repo", text(container, "image_repository"));
        put("container.image.tag", text(container, "image_tag"));
        put("container.image.id", text(container, "image_id"));
        put("container.image.digest", text(container, "image_digest"));
        user("container.label.", container.path("labels"));
        JsonNode pod = container.path("pod");
        put("kubernetes.pod.name", text(pod, "name"));
        put("kubernetes.namespace.name", text(pod, "namespace"));
    }

    private void user(String prefix, JsonNode given) {
        given.properties().stream()
                .filter(entry -> entry.getValue().isString())
                .limit(MAX_USER_LABELS)
                .forEach(entry -> put(prefix + entry.getKey(), entry.getValue().stringValue()));
    }
}
