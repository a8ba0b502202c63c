// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.forward.ForwarderBody;
import dev.torimono.collector.forward.ForwarderState;
import dev.torimono.collector.forward.Forwarders;
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

/** Where events are forwarded to. Secrets go in, and never come out. */
final class ForwardersApi {
    private static final String PATH = "/api/v1/forwarders";
    private static final int MAX_FORWARDERS = 32;
    private static final int MAX_NAME_CHARS = 200;

    private final Documents documents;
    private final Forwarders forwarders;

    ForwardersApi(Documents documents, Forwarders forwarders) {
        this.documents = documents;
        this.forwarders = forwarders;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, Access.ADMIN, "All forwarders", _ -> all()).gives("Forwarders"),
                Route.post(PATH, Access.ADMIN, "Add one", this::create)
                        .takes("Forwarder")
                        .gives("Forwarder"),
                Route.get(
                                PATH + "/{id}",
                                Access.ADMIN,
                                "One forwarder",
                                call -> Reply.json(json(existing(call))))
                        .gives("Forwarder"),
                Route.put(PATH + "/{id}", Access.ADMIN, "Change one", this::replace)
                        .takes("Forwarder")
                        .gives("Forwarder"),
                Route.delete(PATH + "/{id}", Access.ADMIN, "Remove one", this::delete),
                Route.post(PATH + "/{id}/test", Access.ADMIN, "Send it something now", this::test));
    }

    private Reply all() {
        ArrayNode all = Json.array();
        documents.all(Kind.FORWARDER).forEach(forwarder -> all.add(json(forwarder)));
        return Reply.json(all);
    }

    private Document existing(Call call) {
        return documents
                .byId(Kind.FORWARDER, call.number("id"))
                .orElseThrow(() -> ApiException.notFound("forwarder " + call.text("id")));
    }

    private Reply create(Call call) {
        ObjectNode given = call.json();
        String name = name(given, "", -1);
        ObjectNode body = body(given, Json.object());
        if (documents.all(Kind.FORWARDER).size() >= MAX_FORWARDERS) {
            throw ApiException.conflict("there are " + MAX_FORWARDERS + " forwarders already");
        }
        return Reply.created(
                json(documents.create(Kind.FORWARDER, name, body, call.caller().name())));
    }

    private Reply replace(Call call) {
        Document old = existing(call);
        ObjectNode given = call.json();
        long version = given.path("version").asLong(-1);
        if (version >= 0 && version != old.version()) {
            throw ApiException.conflict(
                    "version: it is " + old.version() + " by now; read it again");
        }
        String name = name(given, old.name(), old.id());
        if (!documents.replace(old, name, body(given, old.body()), call.caller().name())) {
            throw ApiException.conflict("it was changed meanwhile; read it again");
        }
        return Reply.json(json(existing(call)));
    }

    private Reply delete(Call call) {
        documents.delete(existing(call), call.caller().name());
        return Reply.nothing();
    }

    private Reply test(Call call) {
        String why = forwarders.test(existing(call));
        if (!why.isEmpty()) {
            throw new ApiException(
                    ApiException.UNPROCESSABLE, "not_delivered", "not delivered: " + why);
        }
        return Reply.nothing();
    }

    private String name(ObjectNode given, String fallback, long exceptId) {
        String name = given.path("name").asString(fallback).strip();
        if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
            throw ApiException.invalid("name: must have 1 to " + MAX_NAME_CHARS + " characters");
        }
        if (documents.named(Kind.FORWARDER, name).stream()
                .anyMatch(other -> other.id() != exceptId)) {
            throw ApiException.conflict("name: there is a forwarder " + name + " already");
        }
        return name;
    }

    private static ObjectNode body(ObjectNode given, ObjectNode old) {
        try {
            return ForwarderBody.of(given, old);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode json(Document forwarder) {
        ObjectNode json = Json.object();
        json.put("id", forwarder.id());
        json.put("name", forwarder.name());
        json.put("version", forwarder.version());
        json.put("createdOn", forwarder.createdMs());
        json.put("modifiedOn", forwarder.modifiedMs());
        json.setAll(ForwarderBody.shown(forwarder.body()));
        ForwarderState state = forwarders.state(forwarder.id());
        json.putObject("delivery")
                .put("lastError", state.lastError())
                .put("waiting", state.waiting())
                .put("delivered", state.delivered())
                .put("refused", state.refused())
                .put("lost", state.lost())
                .put("behindSeconds", state.behindSeconds())
                .put("deliveredOn", state.deliveredMs());
        return json;
    }
}
