// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Triage;
import dev.torimono.collector.query.Filter;
import dev.torimono.collector.store.EventPage;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.EventStore.Direction;
import dev.torimono.collector.triage.Mutes;
import dev.torimono.collector.triage.Mutes.Mute;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Mutes: what hides events that are yet to come, until when and why. */
final class MutesApi {
    private static final String PATH = "/api/v1/mutes";
    private static final long LONGEST_MS = TimeUnit.DAYS.toMillis(366);

    private final Mutes mutes;
    private final EventStore store;
    private final InstantSource clock;

    MutesApi(Mutes mutes, EventStore store, InstantSource clock) {
        this.mutes = mutes;
        this.store = store;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, Access.VIEWER, "All mutes, the latest first", _ -> all())
                        .gives("Mutes"),
                Route.post(PATH, Access.ANALYST, "Hide events that are to come", this::add)
                        .takes("NewMute")
                        .gives("Mute"),
                Route.get(
                                PATH + "/{id}",
                                Access.VIEWER,
                                "One mute, and how many it hid",
                                call -> Reply.json(json(existing(call))))
                        .gives("Mute"),
                Route.delete(PATH + "/{id}", Access.ANALYST, "Hide no more", this::end)
                        .gives("Mute"));
    }

    private Reply all() {
        ArrayNode all = Json.array();
        mutes.all().forEach(mute -> all.add(json(mute)));
        return Reply.json(all);
    }

    private Reply add(Call call) {
        ObjectNode given = call.json();
        String filter = given.path("filter").asString("");
        if (filter.isBlank()) {
            throw ApiException.invalid("filter: must not be empty: it would hide everything");
        }
        String reason = TriageApi.text(given, "reason");
        if (reason.isBlank()) {
            throw ApiException.invalid("reason: must not be empty");
        }
        long nowMs = clock.millis();
        long expiresMs = given.path("expiresOn").asLong(0);
        if (expiresMs <= nowMs || expiresMs > nowMs + LONGEST_MS) {
            throw ApiException.invalid(
                    "expiresOn: must be ms since the epoch, within a year from now");
        }
        Mute mute =
                mutes.add(filter, reason, expiresMs, call.caller().name())
                        .orElseThrow(
                                () ->
                                        ApiException.conflict(
                                                "there are "
                                                        + Mutes.MAX_ACTIVE
                                                        + " mutes; end one first"));
        return Reply.created(json(mute)).about(given);
    }

    private Mute existing(Call call) {
        return mutes.byId(call.number("id"))
                .orElseThrow(() -> ApiException.notFound("mute " + call.text("id")));
    }

    private Reply end(Call call) {
        Mute mute = existing(call);
        mutes.end(mute.id());
        return Reply.json(json(existing(call)));
    }

    private ObjectNode json(Mute mute) {
        Filter hid = new Filter.In(Triage.MUTE, List.of(Long.toString(mute.id())));
        EventPage hidden =
                store.find(new EventRange(0, Long.MAX_VALUE, hid), null, Direction.OLDER, 1);
        long lastNs = hidden.events().isEmpty() ? 0 : hidden.events().getFirst().id().timeNs();
        return Json.object()
                .put("id", mute.id())
                .put("filter", mute.filter())
                .put("reason", mute.reason())
                .put("expiresOn", mute.expiresMs())
                .put("createdBy", mute.author())
                .put("createdOn", mute.createdMs())
                .put("endedOn", mute.endedMs())
                .put("hidden", hidden.total())
                .put("lastHiddenOn", TimeUnit.NANOSECONDS.toMillis(lastNs))
                .put("active", mute.isActive(clock.millis()));
    }
}
