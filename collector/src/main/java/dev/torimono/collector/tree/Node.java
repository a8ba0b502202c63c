// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.tree;

import dev.torimono.collector.event.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One process of a tree that is being put together. */
final class Node {
    private static final int MOST_LEAVES = 100;

    private ToldProcess process;
    private long asOfNs;
    private boolean pinned;
    private @Nullable String parent;
    private long endNs;
    private int status;
    private String state = "seen";
    private String reason = "";
    private final ArrayNode alerts = Json.array();
    private final Map<Long, ObjectNode> images = new TreeMap<>();
    private final Map<String, ObjectNode> files = new LinkedHashMap<>();
    private final Map<String, ObjectNode> connections = new LinkedHashMap<>();
    private int leftOut;

    Node(ToldProcess process, long asOfNs) {
        this.process = process;
        this.asOfNs = asOfNs;
    }

    ToldProcess process() {
        return process;
    }

    String id() {
        return process.id();
    }

    @Nullable String parent() {
        return parent;
    }

    /** Whatever it became later: what the event is about is shown. */
    void pin() {
        pinned = true;
    }

    /** What it was at another time: the later one is shown. */
    void known(ToldProcess other, long timeNs) {
        if (timeNs >= asOfNs && !pinned && !state.equals("prevented")) {
            process = other;
            asOfNs = timeNs;
        }
    }

    void parent(String id) {
        if (!id.equals(id())) {
            parent = id;
        }
    }

    void executed(long timeNs, ToldProcess as) {
        images.putIfAbsent(
                timeNs,
                Json.object()
                        .put("time", timeNs)
                        .put("exe", as.exe())
                        .put("cmdline", as.cmdline()));
    }

    void ended(long timeNs, int withStatus) {
        endNs = timeNs;
        status = withStatus;
        if (state.equals("seen")) {
            state = "exited";
        }
    }

    void wrote(long timeNs, String path, long count) {
        leaf(files, path, Json.object().put("time", timeNs).put("path", path), count);
    }

    void connected(JsonNode deed) {
        String peer = Deeds.text(deed, "peer");
        String direction = Deeds.text(deed, "direction");
        leaf(
                connections,
                direction + peer,
                Json.object()
                        .put("time", deed.path("time").asLong(0))
                        .put("peer", peer)
                        .put("protocol", Deeds.text(deed, "protocol"))
                        .put("direction", direction),
                deed.path("count").asLong(1));
    }

    private void leaf(Map<String, ObjectNode> leaves, String key, ObjectNode fresh, long count) {
        ObjectNode there = leaves.get(key);
        if (there != null) {
            there.put("count", there.path("count").asLong(0) + count);
        } else if (leaves.size() < MOST_LEAVES) {
            leaves.put(key, fresh.put("count", count));
        } else {
            leftOut++;
        }
    }

    /** Whether it wrote a file; when it did so first, ns since the epoch. -1 when it did not. */
    long wroteNs(String path) {
        ObjectNode file = files.get(path);
        return file == null ? -1 : file.path("time").asLong(0);
    }

    /** An alert was about it. */
    void alerted(ObjectNode alert, ToldProcess as, long timeNs) {
        alerts.add(alert);
        for (JsonNode action : alert.path("actions")) {
            String type = Deeds.text(action, "type");
            if (!Deeds.text(action, "status").equals("done")) {
                continue;
            }
            if (type.endsWith("_prevented")) {
                known(as, Long.MAX_VALUE);
                state = "prevented";
                reason = Deeds.text(alert, "ruleName");
            } else if (type.startsWith("process_") && !state.equals("prevented")) {
                known(as, timeNs);
                state = "killed";
                reason = Deeds.text(alert, "ruleName");
            }
        }
    }

    boolean hasAlerts() {
        return !alerts.isEmpty();
    }

    ObjectNode json(String relation, @Nullable ToldProcess above) {
        ObjectNode json = Json.object();
        json.put("id", id());
        json.put("parent", parent);
        json.put("relation", relation);
        json.put("pid", process.pid());
        json.put("name", process.name());
        json.put("exe", process.exe());
        json.put("cmdline", process.cmdline());
        json.put("uid", process.uid());
        json.put("user", process.user());
        json.put("tty", process.tty());
        json.put("containerId", process.container());
        json.put("start", process.startNs());
        json.put("startBoot", process.bootNs());
        if (endNs > 0) {
            json.put("end", endNs).put("exitStatus", status);
        } else {
            json.putNull("end").putNull("exitStatus");
        }
        json.put("state", state);
        json.put("reason", reason);
        json.put("door", door(above));
        json.set("alerts", alerts);
        ArrayNode executed = json.putArray("images");
        images.values().forEach(executed::add);
        ArrayNode written = json.putArray("files");
        files.values().forEach(written::add);
        ArrayNode peers = json.putArray("connections");
        connections.values().forEach(peers::add);
        json.put("leftOut", leftOut);
        return json;
    }

    /** How it came into its container, when it is the first of its branch there. */
    private String door(@Nullable ToldProcess above) {
        boolean enters =
                process.isInContainer()
                        && above != null
                        && !above.container().equals(process.container());
        if (!enters) {
            return "";
        }
        return process.vpid() == 1 ? "container start" : "container exec";
    }
}
