// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Triage;
import dev.torimono.collector.query.Filter;
import dev.torimono.collector.query.FilterException;
import dev.torimono.collector.query.FilterParser;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a forwarder is made of: {@code type}, {@code enabled}, {@code filter}, {@code from} and
 * {@code options}.
 */
public final class ForwarderBody {
    private static final Filter NOT_MUTED =
            new Filter.Not(new Filter.In(Triage.STATUS, List.of(Triage.MUTED)));
    private static final String OPTIONS = "options";

    private ForwarderBody() {}

    /**
     * What is kept of what was given.
     *
     * @param old what it replaces; empty for a new one
     * @throws IllegalArgumentException when it could not work
     */
    public static ObjectNode of(JsonNode given, ObjectNode old) {
        TargetType type = TargetType.of(given.path("type").asString(""));
        if (type == null) {
            throw new IllegalArgumentException(
                    "type: must be one of "
                            + List.of(TargetType.values())
                            + ", found "
                            + given.path("type"));
        }
        ObjectNode options =
                given.path(OPTIONS) instanceof ObjectNode some ? some.deepCopy() : Json.object();
        keepSecrets(type, options, old);
        type.check(options);
        String filter = given.path("filter").asString("");
        try {
            Filter _ = FilterParser.parse(filter);
        } catch (FilterException e) {
            throw new IllegalArgumentException("filter: " + e.getMessage(), e);
        }
        String from = given.path("from").asString("now");
        if (!from.equals("now") && !from.equals("beginning")) {
            throw new IllegalArgumentException("from: must be now or beginning");
        }
        ObjectNode body = Json.object();
        body.put("type", type.name());
        body.put("enabled", given.path("enabled").asBoolean(true));
        body.put("filter", filter);
        body.put("from", from);
        body.set(OPTIONS, options);
        return body;
    }

    /** Those that are not named stay, unless they would go to somebody else. */
    private static void keepSecrets(TargetType type, ObjectNode options, ObjectNode old) {
        JsonNode before = old.path(OPTIONS);
        boolean same =
                old.path("type").asString("").equals(type.name())
                        && type.addresses().stream()
                                .allMatch(name -> before.path(name).equals(options.path(name)));
        for (String name : type.secrets()) {
            if (same && !options.has(name) && before.has(name)) {
                options.set(name, before.path(name));
            }
        }
    }

    /** As it is told to people. */
    public static ObjectNode shown(ObjectNode body) {
        ObjectNode shown = body.deepCopy();
        TargetType type = TargetType.of(body.path("type").asString(""));
        ArrayNode set = shown.putArray("secretsSet");
        if (type != null && shown.path(OPTIONS) instanceof ObjectNode options) {
            for (String name : type.secrets().stream().sorted().toList()) {
                JsonNode secret = options.path(name);
                if (!secret.isMissingNode() && !secret.asString("-").isEmpty()) {
                    set.add(name);
                }
                options.remove(name);
            }
        }
        return shown;
    }

    /** What it forwards: as in the feed, muted events only where they are asked for. */
    static Filter filter(ObjectNode body) {
        Filter filter = FilterParser.parse(body.path("filter").asString(""));
        return Filter.asks(filter, Triage.STATUS) || Filter.asks(filter, Triage.MUTE)
                ? filter
                : new Filter.And(List.of(filter, NOT_MUTED));
    }
}
