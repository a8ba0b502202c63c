// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.access.SavedViews;
import dev.torimono.collector.access.SavedViews.View;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Views of the console that somebody gave a name. */
final class ViewsApi {
    private static final String PATH = "/api/v1/me/views";
    private static final int MAX_NAME_CHARS = 100;
    private static final int MAX_ADDRESS_CHARS = 8000;

    private final SavedViews views;

    ViewsApi(SavedViews views) {
        this.views = views;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, Access.VIEWER, "My saved views", this::mine).gives("SavedViews"),
                Route.post(PATH, Access.VIEWER, "Save a view under a name", this::save)
                        .takes("NewSavedView")
                        .gives("SavedView"),
                Route.delete(PATH + "/{id}", Access.VIEWER, "Forget one", this::forget));
    }

    private Reply mine(Call call) {
        ArrayNode all = Json.array();
        views.of(call.caller().name()).forEach(view -> all.add(json(view)));
        return Reply.json(all);
    }

    private static ObjectNode json(View view) {
        return Json.object()
                .put("id", view.id())
                .put("name", view.name())
                .put("address", view.address());
    }

    private Reply save(Call call) {
        ObjectNode given = call.json();
        String name = given.path("name").asString("").strip();
        if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
            throw ApiException.invalid("name: must have 1 to " + MAX_NAME_CHARS + " characters");
        }
        String address = given.path("address").asString("");
        // Never an address of somebody else: who opens it is logged in here.
        boolean ours = address.matches("/[^/\\\\].*|/");
        if (!ours || address.length() > MAX_ADDRESS_CHARS) {
            throw ApiException.invalid(
                    "address: must be a path of the console of at most "
                            + MAX_ADDRESS_CHARS
                            + " characters");
        }
        return views.save(call.caller().name(), name, address)
                .map(view -> Reply.created(json(view)))
                .orElseThrow(() -> ApiException.conflict("there are too many views already"));
    }

    private Reply forget(Call call) {
        if (!views.remove(call.caller().name(), call.number("id"))) {
            throw ApiException.notFound("view " + call.text("id"));
        }
        return Reply.nothing();
    }
}
