// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.catalog.Catalog;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.notify.ChannelOptions;
import dev.torimono.collector.notify.ChannelState;
import dev.torimono.collector.notify.ChannelType;
import dev.torimono.collector.notify.Notifier;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Notification channels, as Sysdig's clients know them. */
final class ChannelsApi {
    private static final String PATH = "/api/notificationChannels";
    private static final String WRAPPER = "notificationChannel";
    private static final List<String> OURS =
            List.of("id", "name", "version", "createdOn", "modifiedOn", "lastError", "delivery");

    private final Catalog catalog;
    private final Documents documents;
    private final Notifier notifier;

    ChannelsApi(Catalog catalog, Documents documents, Notifier notifier) {
        this.catalog = catalog;
        this.documents = documents;
        this.notifier = notifier;
    }

    /** Their addresses are secrets more often than not, so only administrators see them. */
    List<Route> routes() {
        return List.of(
                Route.get(PATH, Access.ADMIN, "All channels", _ -> all()).gives("Channels"),
                Route.post(PATH, Access.ADMIN, "Add one", this::create)
                        .takes("WrappedChannel")
                        .gives("WrappedChannel"),
                Route.get(
                                PATH + "/{id}",
                                Access.ADMIN,
                                "One channel",
                                call -> wrapped(existing(call)))
                        .gives("WrappedChannel"),
                Route.put(PATH + "/{id}", Access.ADMIN, "Change one", this::replace)
                        .takes("WrappedChannel")
                        .gives("WrappedChannel"),
                Route.delete(PATH + "/{id}", Access.ADMIN, "Remove one", this::delete),
                Route.post(PATH + "/{id}/test", Access.ADMIN, "Send it something now", this::test));
    }

    private Reply all() {
        ObjectNode body = Json.object();
        ArrayNode all = body.putArray("notificationChannels");
        documents.all(Kind.CHANNEL).forEach(channel -> all.add(json(channel)));
        return Reply.json(body);
    }

    private Document existing(Call call) {
        return documents
                .byId(Kind.CHANNEL, call.number("id"))
                .orElseThrow(() -> ApiException.notFound("channel " + call.text("id")));
    }

    private Reply create(Call call) {
        ObjectNode given = given(call);
        String name = given.path("name").asString("");
        refuseSecond(name, -1);
        return wrapped(
                catalog.create(
                        Kind.CHANNEL, name, body(given, Json.object()), call.caller().name()));
    }

    private Reply replace(Call call) {
        Document old = existing(call);
        ObjectNode given = given(call);
        String name = given.path("name").asString(old.name());
        refuseSecond(name, old.id());
        long version = given.path("version").asLong(-1);
        return wrapped(
                catalog.replace(
                        Kind.CHANNEL,
                        old.id(),
                        version,
                        name,
                        body(given, old.body()),
                        call.caller().name()));
    }

    private Reply delete(Call call) {
        catalog.delete(Kind.CHANNEL, call.number("id"), call.caller().name());
        return Reply.nothing();
    }

    private Reply test(Call call) {
        String why = notifier.test(existing(call));
        if (!why.isEmpty()) {
            throw new ApiException(
                    ApiException.UNPROCESSABLE, "not_delivered", "not delivered: " + why);
        }
        return Reply.nothing();
    }

    private void refuseSecond(String name, long exceptId) {
        if (documents.named(Kind.CHANNEL, name).stream()
                .anyMatch(other -> other.id() != exceptId)) {
            throw ApiException.conflict("name: there is a channel " + name + " already");
        }
    }

    private static ObjectNode given(Call call) {
        if (call.json().path(WRAPPER) instanceof ObjectNode channel) {
            return channel;
        }
        throw ApiException.invalid(WRAPPER + ": must be there");
    }

    private ObjectNode body(ObjectNode given, ObjectNode old) {
        ChannelType type = ChannelType.of(given.path("type").asString(""));
        if (type == null) {
            throw ApiException.invalid(
                    "type: must be one of "
                            + List.of(ChannelType.values())
                            + ", found "
                            + given.path("type"));
        }
        ObjectNode body = given.deepCopy();
        OURS.forEach(body::remove);
        ChannelOptions.keepSecrets(body, old);
        try {
            ChannelOptions.check(type, body.path("options"), notifier.mail());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()));
        }
        return body;
    }

    private Reply wrapped(Document channel) {
        ObjectNode body = Json.object();
        body.set(WRAPPER, json(channel));
        return Reply.json(body);
    }

    private ObjectNode json(Document channel) {
        ObjectNode json = Json.object();
        json.put("id", channel.id());
        json.put("name", channel.name());
        json.put("version", channel.version());
        json.put("createdOn", channel.createdMs());
        json.put("modifiedOn", channel.modifiedMs());
        ChannelState state = notifier.state(channel.id());
        json.put("lastError", state.lastError());
        json.setAll(ChannelOptions.shown(channel.body()));
        json.putObject("delivery")
                .put("waiting", notifier.waiting(channel.id()))
                .put("delivered", state.delivered())
                .put("lost", state.lost())
                .put("deliveredOn", state.deliveredMs());
        return json;
    }
}
