// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.Found;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event on its way.
 *
 * @param id its name; the same when it comes again
 * @param body its JSON; not copied
 * @param event the same, read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Shipment(String id, byte[] body, ObjectNode event) {
    private static final int LEAST_SEVERE = 7;

    static Shipment of(Found found) {
        return new Shipment(found.id().toString(), found.body(), Json.object(found.body()));
    }

    static Shipment of(ObjectNode event) {
        return new Shipment(event.path("id").asString(""), Json.bytes(event), event);
    }

    Instant time() {
        return Instant.ofEpochSecond(0, event.path("timestamp").asLong(0));
    }

    /** 0 is the most urgent, 7 the least: syslog's own numbers. */
    int severity() {
        return Math.clamp(event.path("severity").asLong(LEAST_SEVERE), 0, LEAST_SEVERE);
    }

    String host() {
        String host = label("host.hostName");
        return host.isEmpty() ? "unknown" : host;
    }

    String rule() {
        return event.path("content").path("ruleName").asString("");
    }

    String label(String name) {
        return event.path("labels").path(name).asString("");
    }

    String field(String name) {
        JsonNode value = event.path("content").path("fields").path(name);
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }
}
