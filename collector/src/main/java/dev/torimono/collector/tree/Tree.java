// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.tree;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Triage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tree around one event, put together from what is told of it. One thread. */
final class Tree {
    static final int MOST_NODES = 2000;

    private static final int MOST_DEPTH = 4096;

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<String> ancestors = new HashSet<>();
    private final ArrayNode writers = Json.array();
    private final ObjectNode leftOut = Json.object();
    private final String focus;
    private final String root;
    private boolean active;

    /**
     * @param event whose lineage is the trunk
     */
    Tree(ObjectNode event) {
        List<ToldProcess> lineage = lineage(event);
        this.focus = lineage.getFirst().id();
        this.root = lineage.getLast().id();
        lineage.stream().skip(1).forEach(above -> ancestors.add(above.id()));
        for (String name : List.of("nodes", "processes", "files", "connections")) {
            leftOut.put(name, 0L);
        }
        long timeNs = event.path("timestamp").asLong(0);
        add(lineage, timeNs);
        node(lineage.getFirst(), timeNs).pin();
    }

    static List<ToldProcess> lineage(ObjectNode event) {
        List<ToldProcess> lineage = new ArrayList<>();
        event.path("content").path("lineage").forEach(told -> lineage.add(ToldProcess.of(told)));
        return lineage;
    }

    private void add(List<ToldProcess> lineage, long timeNs) {
        for (int i = 0; i < lineage.size(); i++) {
            Node node = node(lineage.get(i), timeNs);
            if (i + 1 < lineage.size()) {
                node.parent(lineage.get(i + 1).id());
            }
        }
    }

    private Node node(ToldProcess process, long timeNs) {
        Node node = nodes.computeIfAbsent(process.id(), _ -> new Node(process, timeNs));
        node.known(process, timeNs);
        return node;
    }

    boolean has(String id) {
        return nodes.containsKey(id);
    }

    String focus() {
        return focus;
    }

    /** The parent of the process in focus; null when only the system stands above it. */
    @Nullable String family() {
        Node of = nodes.get(focus);
        String parent = of == null ? null : of.parent();
        Node above = parent == null ? null : nodes.get(parent);
        return above == null || above.process().isSystem() ? null : above.id();
    }

    /** Takes in what an agent told. */
    void add(ObjectNode deed) {
        String kind = Deeds.text(deed, "kind");
        if (kind.equals(Deeds.LEFT_OUT)) {
            deed.path("left_out")
                    .properties()
                    .forEach(
                            one ->
                                    leftOut.put(
                                            one.getKey(),
                                            leftOut.path(one.getKey()).asLong(0)
                                                    + one.getValue().asLong(0)));
            return;
        }
        active = true;
        long timeNs = deed.path("time").asLong(0);
        ToldProcess process = ToldProcess.of(deed);
        Node node = node(process, timeNs);
        if (deed.path("parent") instanceof ObjectNode told) {
            ToldProcess above = ToldProcess.of(told);
            node(above, timeNs);
            if (node.parent() == null) {
                node.parent(above.id());
            }
        }
        switch (kind) {
            case "exec" -> node.executed(timeNs, process);
            case "exit" -> node.ended(timeNs, deed.path("status").asInt(0));
            case "write" ->
                    node.wrote(timeNs, Deeds.text(deed, "path"), deed.path("count").asLong(1));
            case "connect" -> node.connected(deed);
            default -> {
                // It is there: that is all.
            }
        }
    }

    /** Takes in an alert of the same tree or container. */
    void alert(ObjectNode event) {
        List<ToldProcess> lineage = lineage(event);
        if (lineage.isEmpty()) {
            return;
        }
        long timeNs = event.path("timestamp").asLong(0);
        add(lineage, timeNs);
        ObjectNode alert = Json.object();
        alert.set("id", event.path("id"));
        alert.put("timestamp", timeNs);
        alert.set("severity", event.path("severity"));
        alert.set("ruleName", event.path("content").path("ruleName"));
        alert.set("name", event.path("name"));
        alert.put("status", Triage.status(event).label());
        alert.set("actions", event.path("actions"));
        node(lineage.getFirst(), timeNs).alerted(alert, lineage.getFirst(), timeNs);
        JsonNode fields = event.path("content").path("fields");
        if (fields.has("drift.writer")) {
            long pid = fields.path("drift.writer.pid").asLong(0);
            String id = ToldProcess.id(pid, fields.path("drift.writer.start_ns").asLong(0), 0);
            String path = Deeds.text(fields, "drift.file");
            Node writer = nodes.get(id);
            writer(path, writer == null ? "" : id, lineage.getFirst().id())
                    .put("pid", pid)
                    .put("program", Deeds.text(fields, "drift.writer"))
                    .put("cmdline", Deeds.text(fields, "drift.writer.cmdline"))
                    .put("time", writer == null ? 0 : Math.max(writer.wroteNs(path), 0));
        }
    }

    private ObjectNode writer(String path, String writtenBy, String executedBy) {
        return writers.addObject()
                .put("path", path)
                .put("writtenBy", writtenBy)
                .put("executedBy", executedBy);
    }

    /** Who wrote what another one of the tree executes. */
    private void findWriters() {
        Set<String> told = new HashSet<>();
        writers.forEach(
                one -> told.add(Deeds.text(one, "path") + " " + Deeds.text(one, "executedBy")));
        for (Node node : nodes.values()) {
            String path = node.process().exe();
            for (Node other : path.isEmpty() ? List.<Node>of() : nodes.values()) {
                long timeNs = other.wroteNs(path);
                if (timeNs >= 0 && told.add(path + " " + node.id())) {
                    writer(path, other.id(), node.id())
                            .put("pid", other.process().pid())
                            .put("program", other.process().exe())
                            .put("cmdline", other.process().cmdline())
                            .put("time", timeNs);
                }
            }
        }
    }

    void leaveOut(long count) {
        leftOut.put("nodes", leftOut.path("nodes").asLong(0) + count);
    }

    ObjectNode json() {
        findWriters();
        ObjectNode json = Json.object();
        json.put("focus", focus);
        json.put("root", root);
        json.put("source", active ? "activity" : "lineage");
        ArrayNode all = json.putArray("nodes");
        for (Node node : shown()) {
            Node above = node.parent() == null ? null : nodes.get(node.parent());
            all.add(node.json(relation(node), above == null ? null : above.process()));
        }
        json.set("leftOut", leftOut);
        json.set("writers", writers);
        return json;
    }

    /** The trunk and what alerted first, then as many others as a person can look at. */
    private List<Node> shown() {
        List<Node> order = new ArrayList<>(nodes.values());
        order.sort(
                Comparator.comparingInt(
                        node ->
                                node.id().equals(focus) || ancestors.contains(node.id())
                                        ? 0
                                        : node.hasAlerts() ? 1 : 2));
        if (order.size() > MOST_NODES) {
            leaveOut(order.size() - MOST_NODES);
        }
        return order.subList(0, Math.min(order.size(), MOST_NODES));
    }

    private String relation(Node node) {
        if (node.id().equals(focus)) {
            return "focus";
        }
        if (ancestors.contains(node.id())) {
            return "ancestor";
        }
        Node of = nodes.get(focus);
        String parent = of == null ? null : of.parent();
        if (parent != null && parent.equals(node.parent())) {
            return "sibling";
        }
        Node at = node;
        for (int i = 0; i < MOST_DEPTH && at != null; i++) {
            if (focus.equals(at.parent())) {
                return "descendant";
            }
            at = at.parent() == null ? null : nodes.get(at.parent());
        }
        return "related";
    }
}
