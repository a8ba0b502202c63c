// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import dev.torimono.model.Alert;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Finding;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Falco's JSON, one object a line, keys sorted. {@code actions}, {@code agent}, {@code id}, {@code
 * lineage}, {@code policies} and {@code severity} are ours; they never change what Falco's keys
 * hold.
 */
public final class JsonFormat implements AlertFormat {
    private final AlertShape shape;
    private final Clock clock;

    public JsonFormat(AlertShape shape, ZoneId zone) {
        this.shape = shape;
        this.clock = new Clock(zone);
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] render(Alert alert) {
        Finding finding = alert.finding();
        JsonWriter json = new JsonWriter().beginObject();
        VerdictJson.actions(json, alert.actions());
        agent(json);
        json.name("hostname").string(alert.hostname());
        if (shape.id() || alert.standing() != Alert.Standing.WHOLE) {
            json.name("id").string(alert.id());
        }
        lineage(json, alert);
        if (shape.messageProperty()) {
            json.name("message").string(finding.message());
        }
        if (shape.outputProperty()) {
            json.name("output").string(TextFormat.line(finding, shape.isoTime(), clock));
        }
        if (shape.fieldsProperty()) {
            json.name("output_fields").value(fields(finding));
        }
        if (alert.standing() != Alert.Standing.WHOLE) {
            json.name("pending").bool(alert.standing() == Alert.Standing.PENDING);
        }
        VerdictJson.policies(json, alert.verdicts());
        json.name("priority").string(finding.priority().label());
        json.name("rule").string(finding.rule());
        if (alert.severity() >= 0) {
            json.name("severity").number(alert.severity());
        }
        json.name("source").string(finding.source());
        if (shape.tagsProperty()) {
            json.name("tags").value(finding.tags().stream().sorted().toList());
        }
        json.name("time").string(clock.utc(finding.timeNs()));
        return json.endObject().toBytes();
    }

    private void agent(JsonWriter json) {
        if (shape.cluster().isEmpty() && shape.agentTags().isEmpty()) {
            return;
        }
        json.name("agent").beginObject();
        if (!shape.cluster().isEmpty()) {
            json.name("cluster").string(shape.cluster());
        }
        if (!shape.agentTags().isEmpty()) {
            json.name("tags").value(new TreeMap<>(shape.agentTags()));
        }
        json.endObject();
    }

    private void lineage(JsonWriter json, Alert alert) {
        if (alert.lineage().isEmpty()) {
            return;
        }
        json.name("lineage").beginArray();
        for (Ancestor ancestor : alert.lineage()) {
            json.beginObject();
            json.name("cmdline").string(ancestor.cmdline());
            json.name("container").string(ancestor.containerId());
            json.name("exe").string(ancestor.exe());
            json.name("name").string(ancestor.name());
            json.name("pid").number(ancestor.pid());
            json.name("start");
            if (ancestor.startTimeNs() == 0) {
                json.nothing();
            } else {
                json.string(clock.utc(ancestor.startTimeNs()));
            }
            json.name("start_ns").number(ancestor.startNs());
            json.name("tty").string(ancestor.tty());
            json.name("uid").number(ancestor.uid());
            json.name("user").string(ancestor.user());
            json.name("vpid").number(ancestor.vpid());
            json.endObject();
        }
        json.endArray();
    }

    private Map<String, @Nullable Object> fields(Finding finding) {
        TreeMap<String, @Nullable Object> fields = new TreeMap<>(shape.staticFields());
        fields.putAll(finding.outputFields());
        fields.put(shape.isoTime() ? "evt.time.iso8601" : "evt.time", finding.timeNs());
        return fields;
    }
}
