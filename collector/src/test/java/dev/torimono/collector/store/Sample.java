// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import dev.torimono.collector.event.AlertEvents;
import dev.torimono.collector.event.EventCodec;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Origin;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Events as agents tell them, for tests. */
public final class Sample {
    public static final Instant T0 = Instant.parse("2026-11-25T10:00:00Z");

    private Sample() {}

    /** The alert of a rule, some seconds after the first moment. */
    public static ObjectNode alert(String rule, long afterSeconds) {
        ObjectNode alert = Json.object();
        alert.put("rule", rule);
        alert.put("time", T0.plusSeconds(afterSeconds).toString());
        alert.put("priority", "Notice");
        alert.put("source", "syscall");
        alert.put("hostname", "web-1");
        alert.put("output", "10:00:00: Notice A shell was spawned (file=/etc/shadow)");
        alert.putArray("tags").add("mitre_execution").add("container");
        ObjectNode fields = alert.putObject("output_fields");
        fields.put("container.id", "3ad7b26ded6d");
        fields.put("container.name", "nginx");
        fields.put("proc.name", "bash");
        fields.put("proc.cmdline", "bash -c id");
        fields.put("proc.pid", 4711);
        return alert;
    }

    public static StoredEvent event(ObjectNode alert, String key) {
        Origin origin = new Origin("agent-1", Origin.AGENT, "web-1", key);
        return EventCodec.stored(AlertEvents.event(alert, origin));
    }

    public static StoredEvent event(String rule, long afterSeconds) {
        return event(alert(rule, afterSeconds), rule + afterSeconds);
    }

    public static long ns(long afterSeconds) {
        return T0.plusSeconds(afterSeconds).getEpochSecond() * 1_000_000_000L;
    }
}
