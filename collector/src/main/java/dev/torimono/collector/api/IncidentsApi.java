// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Triage;
import dev.torimono.collector.event.Triage.Author;
import dev.torimono.collector.event.Triage.Status;
import dev.torimono.collector.query.Filter;
import dev.torimono.collector.store.EventGroup;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventPage;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.EventStore.Change;
import dev.torimono.collector.store.EventStore.Direction;
import dev.torimono.collector.triage.Incidents;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Incidents: events of one container or tree of processes, dealt with as a whole. */
final class IncidentsApi {
    private static final String PATH = "/api/v1/incidents";
    private static final long DEFAULT_LIMIT = 50;
    private static final long MAX_LIMIT = 200;
    private static final int MOST_VALUES = 20;

    /** How many are looked at for a page, at most, when only those of a status are wanted. */
    private static final int MOST_LOOKED_AT = 2000;

    private static final long REACH_NS = Incidents.LONGEST_NS + Incidents.GAP_NS;

    private final EventStore store;
    private final Incidents incidents;
    private final Sweep sweep;
    private final InstantSource clock;

    IncidentsApi(EventStore store, Incidents incidents, InstantSource clock) {
        this.store = store;
        this.incidents = incidents;
        this.sweep = new Sweep(store);
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                                PATH,
                                Access.VIEWER,
                                "Incidents, those with the latest event first",
                                this::page)
                        .query("from", "to", "filter", "status", "cursor", "limit")
                        .gives("IncidentPage"),
                Route.get(PATH + "/{id}", Access.VIEWER, "One incident", this::one)
                        .gives("Incident"),
                Route.put(
                                PATH + "/{id}/state",
                                Access.ANALYST,
                                "Acknowledge, close or reopen all events of one",
                                this::state)
                        .takes("StateChange")
                        .gives("Changed"));
    }

    private Reply page(Call call) {
        int limit = (int) call.query("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        Status wanted = wanted(call.query("status", ""));
        Place after = Place.parse(call.query("cursor", ""));
        List<EventGroup> rest =
                store.groups(Ranges.of(call), Incidents.ID).stream()
                        .filter(after::isBefore)
                        .limit(MOST_LOOKED_AT)
                        .toList();
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        int at = 0;
        while (at < rest.size() && data.size() < limit) {
            List<EventGroup> some =
                    rest.subList(at, Math.min(rest.size(), at + limit - data.size()));
            Map<String, EventGroup> whole = whole(some);
            for (EventGroup group : some) {
                EventGroup all = whole.getOrDefault(group.value(), group);
                if (wanted == null || wanted == status(all)) {
                    data.add(json(all));
                }
            }
            at += some.size();
        }
        ObjectNode where = body.putObject("page");
        if (at < rest.size() || (at > 0 && at == MOST_LOOKED_AT)) {
            where.put("next", Place.of(rest.get(at - 1)).text());
        }
        return Reply.json(body);
    }

    private static @org.jspecify.annotations.Nullable Status wanted(String text) {
        Status status = Status.parse(text);
        if (!text.isEmpty() && (status == null || status == Status.MUTED)) {
            throw ApiException.badRequest("status: must be open, acknowledged or closed");
        }
        return status;
    }

    /**
     * A place in the order of incidents.
     *
     * @param lastNs when the latest event of the one before it was
     * @param id that one's; empty before all
     */
    private record Place(long lastNs, String id) {
        static Place of(EventGroup group) {
            return new Place(group.lastNs(), group.value());
        }

        static Place parse(String text) {
            if (text.isEmpty()) {
                return new Place(Long.MAX_VALUE, "");
            }
            try {
                int colon = text.indexOf(':');
                return new Place(
                        Long.parseLong(text.substring(0, Math.max(colon, 0))),
                        text.substring(colon + 1));
            } catch (NumberFormatException e) {
                throw ApiException.badRequest("cursor: not one that this API gave");
            }
        }

        boolean isBefore(EventGroup group) {
            return id.isEmpty()
                    || group.lastNs() < lastNs
                    || (group.lastNs() == lastNs && group.value().compareTo(id) < 0);
        }

        String text() {
            return lastNs + ":" + id;
        }
    }

    /** All of them with every event they have, whatever a filter left out. */
    private Map<String, EventGroup> whole(Collection<EventGroup> some) {
        long firstNs = some.stream().mapToLong(EventGroup::firstNs).min().orElse(0);
        long lastNs = some.stream().mapToLong(EventGroup::lastNs).max().orElse(0);
        EventRange range =
                new EventRange(
                        Math.max(firstNs - REACH_NS, 0),
                        lastNs > Long.MAX_VALUE - REACH_NS ? Long.MAX_VALUE : lastNs + REACH_NS,
                        is(some.stream().map(EventGroup::value).toList()));
        return store.groups(range, Incidents.ID).stream()
                .collect(Collectors.toMap(EventGroup::value, Function.identity()));
    }

    private static Filter is(List<String> ids) {
        return new Filter.In(Incidents.ID, ids);
    }

    private static EventId id(Call call) {
        EventId id = EventId.parse(call.text("id"));
        if (id == null) {
            throw ApiException.notFound("incident " + call.text("id"));
        }
        return id;
    }

    private static EventRange rangeOf(EventId id) {
        return new EventRange(
                Math.max(id.timeNs() - REACH_NS, 0),
                id.timeNs() > Long.MAX_VALUE - REACH_NS ? Long.MAX_VALUE : id.timeNs() + REACH_NS,
                is(List.of(id.toString())));
    }

    private Reply one(Call call) {
        List<EventGroup> found = store.groups(rangeOf(id(call)), Incidents.ID);
        if (found.isEmpty()) {
            throw ApiException.notFound("incident " + call.text("id"));
        }
        return Reply.json(json(found.getFirst()));
    }

    private Reply state(Call call) {
        EventId id = id(call);
        ObjectNode given = call.json();
        Status status = TriageApi.status(given);
        String reason = TriageApi.text(given, "reason");
        Author author = new Author(call.caller().name(), clock.millis());
        if (store.count(rangeOf(id)) == 0) {
            throw ApiException.notFound("incident " + id);
        }
        if (status == Status.CLOSED) {
            incidents.closed(id);
        }
        Change change = body -> Triage.moved(body, status, author, reason);
        return Reply.json(sweep.all(rangeOf(id), status, change).json()).about(given);
    }

    private static Status status(EventGroup group) {
        if (group.statuses().getOrDefault(Status.OPEN.label(), 0L) > 0) {
            return Status.OPEN;
        }
        return group.statuses().getOrDefault(Status.ACKNOWLEDGED.label(), 0L) > 0
                ? Status.ACKNOWLEDGED
                : Status.CLOSED;
    }

    private ObjectNode json(EventGroup group) {
        EventRange range =
                new EventRange(group.firstNs(), group.lastNs(), is(List.of(group.value())));
        EventPage page = store.find(range, null, Direction.OLDER, 1);
        ObjectNode last =
                page.events().isEmpty()
                        ? Json.object()
                        : Json.object(page.events().getFirst().body());
        JsonNode labels = last.path("labels");
        JsonNode root = Incidents.rootOf(last);
        String container = last.path("containerId").asString("");
        String process = root.path("cmdline").asString("");
        ObjectNode json = Json.object();
        json.put("id", group.value());
        json.put("kind", container.isEmpty() ? "tree" : "container");
        json.put("title", container.isEmpty() ? process : name(labels, container));
        json.put("first", group.firstNs());
        json.put("last", group.lastNs());
        json.put("severity", group.severity());
        json.put("count", group.count());
        json.put("status", status(group).label());
        for (Status status : List.of(Status.OPEN, Status.ACKNOWLEDGED, Status.CLOSED)) {
            json.put(status.label(), group.statuses().getOrDefault(status.label(), 0L));
        }
        json.set("rules", counts(range, "ruleName"));
        json.set("policies", counts(range, "name"));
        json.set("actions", counts(range, "action"));
        json.put("agentId", last.path("agentId").asString(""));
        json.put("hostName", labels.path("host.hostName").asString(""));
        json.put("containerId", container);
        json.put("containerName", labels.path("container.name").asString(""));
        json.put("image", labels.path("container.image.repo").asString(""));
        json.put("namespace", labels.path("kubernetes.namespace.name").asString(""));
        json.put("pod", labels.path("kubernetes.pod.name").asString(""));
        json.put("process", process);
        json.put("lastEventId", last.path("id").asString(""));
        return json;
    }

    private static String name(JsonNode labels, String container) {
        String pod = labels.path("kubernetes.pod.name").asString("");
        String name = labels.path("container.name").asString(container);
        return pod.isEmpty() ? name : name + " (" + pod + ")";
    }

    private ArrayNode counts(EventRange range, String attribute) {
        List<ObjectNode> all = new ArrayList<>();
        store.counts(range, attribute, MOST_VALUES)
                .forEach(
                        (name, count) ->
                                all.add(Json.object().put("name", name).put("count", count)));
        ArrayNode array = Json.array();
        all.forEach(array::add);
        return array;
    }
}
