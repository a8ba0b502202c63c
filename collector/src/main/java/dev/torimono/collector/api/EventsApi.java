// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Triage;
import dev.torimono.collector.query.Attributes;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventPage;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.EventStore.Direction;
import dev.torimono.collector.store.Found;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events: pages of them, one of them, counts and histograms. */
final class EventsApi {
    private static final long DEFAULT_LIMIT = 50;
    private static final long MAX_LIMIT = 1000;
    private static final long MAX_STRETCHES = 5000;
    private static final int ABOUT_BYTES = 5000;
    private static final String OLDER = "o";
    private static final String NEWER = "n";

    private final EventStore store;

    EventsApi(EventStore store) {
        this.store = store;
    }

    List<Route> routes() {
        String[] page = {"from", "to", "cursor", "filter", "limit"};
        return List.of(
                Route.get("/secure/events/v1/events", Access.VIEWER, "A page of events", this::page)
                        .query(page)
                        .gives("EventPage"),
                Route.get("/api/v1/secureEvents", Access.VIEWER, "The same, as before", this::page)
                        .query(page)
                        .gives("EventPage"),
                Route.get("/secure/events/v1/events/{id}", Access.VIEWER, "One event", this::one)
                        .gives("Event"),
                Route.get(
                                "/secure/events/v1/supported-filters",
                                Access.VIEWER,
                                "What filters may ask for",
                                _ -> Reply.json(filters()))
                        .gives("Filters"),
                Route.get("/api/v1/events/counts", Access.VIEWER, "Events by value", this::counts)
                        .query("attribute", "from", "to", "filter", "limit")
                        .gives("Counts"),
                Route.get(
                                "/api/v1/events/histogram",
                                Access.VIEWER,
                                "Events by time and value",
                                this::histogram)
                        .query("attribute", "from", "to", "filter", "width")
                        .gives("Histogram"));
    }

    private Reply page(Call call) {
        Cursor cursor = Cursor.parse(call.query("cursor", ""));
        int limit = (int) call.query("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        EventPage page = store.find(Ranges.of(call), cursor.at(), cursor.direction(), limit);
        ObjectNode where = Json.object();
        where.put("total", page.total());
        // In Sysdig's API prev leads to what happened before.
        if (!page.events().isEmpty()) {
            boolean older = cursor.direction() == Direction.OLDER;
            if (page.more() || !older) {
                where.put("prev", OLDER + page.events().getLast().id());
            }
            if (cursor.at() != null && (page.more() || older)) {
                where.put("next", NEWER + page.events().getFirst().id());
            }
        }
        return Reply.json(listed(page.events(), where));
    }

    /**
     * The events as they are kept: to read and write them all again would take most of the time.
     */
    private static byte[] listed(List<Found> events, ObjectNode where) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(events.size() * ABOUT_BYTES + 256);
        body.writeBytes(utf8("{\"data\":["));
        String between = "";
        for (Found found : events) {
            body.writeBytes(utf8(between));
            body.writeBytes(Triage.shown(found.body(), "cursor", OLDER + found.id()));
            between = ",";
        }
        body.writeBytes(utf8("],\"page\":"));
        body.writeBytes(Json.bytes(where));
        body.writeBytes(utf8("}"));
        return body.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A place between two events, and which way to go from it. */
    private record Cursor(@Nullable EventId at, Direction direction) {
        static Cursor parse(String text) {
            if (text.isEmpty()) {
                return new Cursor(null, Direction.OLDER);
            }
            EventId id = EventId.parse(text.substring(1));
            boolean older = text.startsWith(OLDER);
            if (id == null || !(older || text.startsWith(NEWER))) {
                throw ApiException.badRequest("cursor: not one that this API gave");
            }
            return new Cursor(id, older ? Direction.OLDER : Direction.NEWER);
        }
    }

    private Reply one(Call call) {
        EventId id = EventId.parse(call.text("id"));
        byte[] body = id == null ? null : store.byId(id).orElse(null);
        if (body == null) {
            throw ApiException.notFound("event " + call.text("id"));
        }
        return Reply.json(Triage.shown(Json.object(body)));
    }

    private static ObjectNode filters() {
        ObjectNode body = Json.object();
        ArrayNode filters = body.putArray("filters");
        Attributes.all()
                .forEach(
                        (name, type) -> {
                            ObjectNode filter = filters.addObject();
                            filter.put("attribute", name);
                            filter.put("type", type.name().toLowerCase(Locale.ROOT));
                            ArrayNode operands = filter.putArray("operands");
                            List.of("=", "!=", "in", "not in", "contains", "startsWith", "exists")
                                    .forEach(operands::add);
                            if (type == Attributes.Type.NUMBER) {
                                List.of("<", "<=", ">", ">=").forEach(operands::add);
                            }
                        });
        return body;
    }

    private static String attribute(Call call) {
        String name = call.query("attribute", "");
        String canonical = Attributes.canonical(name);
        if (canonical == null) {
            throw ApiException.badRequest("attribute: there is no " + name);
        }
        return canonical;
    }

    private Reply counts(Call call) {
        int limit = (int) call.query("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        ObjectNode body = Json.object();
        ArrayNode counts = body.putArray("counts");
        store.counts(Ranges.of(call), attribute(call), limit)
                .forEach(
                        (value, count) ->
                                counts.addObject().put("value", value).put("count", count));
        return Reply.json(body);
    }

    private Reply histogram(Call call) {
        EventRange range = Ranges.of(call);
        long widthNs =
                call.query(
                        "width",
                        TimeUnit.HOURS.toNanos(1),
                        TimeUnit.SECONDS.toNanos(1),
                        TimeUnit.DAYS.toNanos(366));
        if (range.toNs() < Long.MAX_VALUE
                && (range.toNs() - range.fromNs()) / widthNs > MAX_STRETCHES) {
            throw ApiException.badRequest("width: makes more than " + MAX_STRETCHES + " stretches");
        }
        ObjectNode body = Json.object();
        ArrayNode stretches = body.putArray("stretches");
        store.histogram(range, widthNs, attribute(call))
                .forEach(
                        (beginNs, counts) -> {
                            ObjectNode stretch = stretches.addObject().put("from", beginNs);
                            ObjectNode values = stretch.putObject("counts");
                            counts.forEach(values::put);
                        });
        return Reply.json(body);
    }
}
