// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import dev.torimono.collector.event.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Splunk's HTTP Event Collector: events one after another in one body. */
final class SplunkTarget implements Target {
    private static final int NANO_DIGITS = 9;
    private static final int MILLI_DIGITS = 3;

    private final URI url;
    private final Options options;
    private final Web web;

    SplunkTarget(Options options) throws IOException {
        this.url =
                URI.create(
                        options.url("url").toString().replaceAll("/+$", "")
                                + "/services/collector/event");
        this.options = options;
        this.web = new Web(options);
    }

    static void check(Options options) {
        options.url("url");
        options.required("token");
        options.authorities();
    }

    @Override
    public int send(List<Shipment> events) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        events.forEach(event -> body.writeBytes(Json.bytes(wrapped(event))));
        web.post(
                url,
                "application/json",
                Map.of("Authorization", "Splunk " + options.text("token")),
                body.toByteArray());
        return 0;
    }

    private ObjectNode wrapped(Shipment event) {
        ObjectNode wrapped = Json.object();
        long timeNs = event.event().path("timestamp").asLong(0);
        BigDecimal seconds =
                BigDecimal.valueOf(timeNs, NANO_DIGITS)
                        .setScale(MILLI_DIGITS, java.math.RoundingMode.DOWN);
        wrapped.put("time", seconds);
        wrapped.put("host", event.host());
        wrapped.put("source", orElse(options.text("source"), "torimono"));
        wrapped.put("sourcetype", orElse(options.text("sourcetype"), "torimono:event"));
        if (!options.text("index").isEmpty()) {
            wrapped.put("index", options.text("index"));
        }
        wrapped.set("event", event.event());
        return wrapped;
    }

    private static String orElse(String text, String fallback) {
        return text.isEmpty() ? fallback : text;
    }

    @Override
    public void close() {
        web.close();
    }
}
