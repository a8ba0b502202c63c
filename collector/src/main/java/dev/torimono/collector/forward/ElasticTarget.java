// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import dev.torimono.collector.event.BadJsonException;
import dev.torimono.collector.event.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bulk call of Elasticsearch and OpenSearch. Each event is created under its own id, so that
 * one that comes again changes nothing; an index a day where the name has {@code {date}}.
 */
final class ElasticTarget implements Target {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu.MM.dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;

    private final URI bulk;
    private final String index;
    private final Map<String, String> headers;
    private final Web web;

    ElasticTarget(Options options) throws IOException {
        this.bulk = URI.create(options.url("url").toString().replaceAll("/+$", "") + "/_bulk");
        this.index = index(options);
        this.headers = headers(options);
        this.web = new Web(options);
    }

    static void check(Options options) {
        options.url("url");
        Options.require(
                index(options).replace("{date}", "").matches("[a-z0-9][a-z0-9._-]{0,200}"),
                "index",
                "must be a name of small letters, digits, dots and dashes, with {date} or without");
        options.authorities();
    }

    private static String index(Options options) {
        String index = options.text("index");
        return index.isEmpty() ? "torimono-{date}" : index;
    }

    private static Map<String, String> headers(Options options) {
        if (!options.text("apiKey").isEmpty()) {
            return Map.of("Authorization", "ApiKey " + options.text("apiKey"));
        }
        if (!options.text("username").isEmpty()) {
            byte[] pair =
                    (options.text("username") + ":" + options.text("password"))
                            .getBytes(StandardCharsets.UTF_8);
            return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return Map.of();
    }

    @Override
    public int send(List<Shipment> events) throws IOException, InterruptedException {
        List<Shipment> left = events;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Shipment event : left) {
            ObjectNode action = Json.object();
            action.putObject("create")
                    .put("_index", index.replace("{date}", DAY.format(event.time())))
                    .put("_id", event.id());
            body.writeBytes(Json.bytes(action));
            body.write('\n');
            body.writeBytes(Json.bytes(document(event)));
            body.write('\n');
        }
        return outcome(web.post(bulk, "application/x-ndjson", headers, body.toByteArray()));
    }

    /** Dashboards look for the time under this name. */
    private static ObjectNode document(Shipment event) {
        return event.event().deepCopy().put("@timestamp", event.time().toString());
    }

    /** How many were refused for good; an exception when some are to be tried again. */
    private static int outcome(String answer) throws IOException {
        JsonNode json;
        try {
            json = Json.parse(answer.getBytes(StandardCharsets.UTF_8));
        } catch (BadJsonException e) {
            throw new IOException("its answer is no JSON: is its address right?", e);
        }
        if (!json.path("items").isArray()) {
            throw new IOException("its answer has no items: is its address right?");
        }
        int refused = 0;
        List<String> later = new ArrayList<>();
        for (JsonNode item : json.path("items")) {
            JsonNode result = item.path("create");
            int status = result.path("status").asInt(0);
            String why = result.path("error").path("reason").asString("");
            if (status == TOO_MANY || status >= 500 || status == 0) {
                later.add(status + " " + why);
            } else if (status / 100 != 2 && status != CONFLICT) {
                refused++;
            }
        }
        if (!later.isEmpty()) {
            throw new IOException(
                    later.size() + " are to be tried again: it answered " + later.getFirst());
        }
        return refused;
    }

    @Override
    public void close() {
        web.close();
    }
}
