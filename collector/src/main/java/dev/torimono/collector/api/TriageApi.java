// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Triage;
import dev.torimono.collector.event.Triage.Author;
import dev.torimono.collector.event.Triage.Status;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.EventStore.Change;
import dev.torimono.collector.store.EventStore.Changed;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people make of events: statuses and comments, one by one or many at once. */
final class TriageApi {
    private static final int MAX_TEXT_CHARS = 4000;
    private static final int MAX_IDS = 10_000;

    private final EventStore store;
    private final Sweep sweep;
    private final InstantSource clock;

    TriageApi(EventStore store, InstantSource clock) {
        this.store = store;
        this.sweep = new Sweep(store);
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.put(
                                "/api/v1/events/{id}/state",
                                Access.ANALYST,
                                "Acknowledge, close or reopen one",
                                this::state)
                        .takes("StateChange")
                        .gives("Event"),
                Route.post(
                                "/api/v1/events/{id}/comments",
                                Access.ANALYST,
                                "Say something of one",
                                this::comment)
                        .takes("Comment")
                        .gives("Event"),
                Route.post(
                                "/api/v1/events/state",
                                Access.ANALYST,
                                "Acknowledge, close or reopen many",
                                this::states)
                        .takes("StateChanges")
                        .gives("Changed"));
    }

    private Reply state(Call call) {
        ObjectNode given = call.json();
        Status status = status(given);
        String reason = text(given, "reason");
        Author author = author(call);
        return one(call, body -> Triage.moved(body, status, author, reason));
    }

    private Reply comment(Call call) {
        String text = text(call.json(), "text");
        if (text.isBlank()) {
            throw ApiException.invalid("text: must not be empty");
        }
        Author author = author(call);
        EventId id = id(call);
        Changed changed = store.change(List.of(id), body -> Triage.commented(body, author, text));
        if (changed.changed() == 0 && changed.missing() == 0) {
            throw ApiException.conflict(
                    "the event has " + Triage.MAX_COMMENTS + " comments, and takes no more");
        }
        return shown(call, id);
    }

    private Reply one(Call call, Change change) {
        EventId id = id(call);
        store.change(List.of(id), change);
        return shown(call, id);
    }

    private Reply shown(Call call, EventId id) {
        byte[] body =
                store.byId(id).orElseThrow(() -> ApiException.notFound("event " + call.text("id")));
        return Reply.json(Triage.shown(Json.object(body)));
    }

    private static EventId id(Call call) {
        EventId id = EventId.parse(call.text("id"));
        if (id == null) {
            throw ApiException.notFound("event " + call.text("id"));
        }
        return id;
    }

    private Reply states(Call call) {
        ObjectNode given = call.json();
        Status status = status(given);
        String reason = text(given, "reason");
        String comment = text(given, "comment");
        Author author = author(call);
        Change change = body -> Triage.moved(body, status, author, reason, comment);
        if (given.has("ids") == given.has("filter")) {
            throw ApiException.invalid("ids or filter: one of them must be there");
        }
        Sweep.Swept swept =
                given.has("ids")
                        ? sweep.these(ids(given.path("ids")), change)
                        : sweep.all(Ranges.of(given), status, change);
        return Reply.json(swept.json()).about(given);
    }

    private static Set<EventId> ids(JsonNode given) {
        Set<EventId> ids = new LinkedHashSet<>();
        for (JsonNode text : given) {
            EventId id = EventId.parse(text.asString(""));
            if (id == null) {
                throw ApiException.invalid("ids: " + text + " is no event's");
            }
            ids.add(id);
        }
        if (ids.size() > MAX_IDS) {
            throw ApiException.invalid("ids: at most " + MAX_IDS + " at a time");
        }
        return ids;
    }

    /** Only a mute makes events muted. */
    static Status status(ObjectNode given) {
        Status status = Status.parse(given.path("status").asString(""));
        if (status == null || status == Status.MUTED) {
            throw ApiException.invalid("status: must be open, acknowledged or closed");
        }
        return status;
    }

    static String text(ObjectNode given, String name) {
        String text = given.path(name).asString("");
        if (text.length() > MAX_TEXT_CHARS) {
            throw ApiException.invalid(
                    name + ": must not have more than " + MAX_TEXT_CHARS + " characters");
        }
        return text;
    }

    private Author author(Call call) {
        return new Author(call.caller().name(), clock.millis());
    }
}
