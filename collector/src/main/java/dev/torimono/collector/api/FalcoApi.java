// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.AlertEvents;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.event.Origin;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Takes what Falco's http_output posts: one alert a call. */
final class FalcoApi {
    private final Intake intake;

    FalcoApi(Intake intake) {
        this.intake = intake;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/ingest/v1/falco",
                                Access.INGEST,
                                "Tell an alert of Falco's",
                                this::alert)
                        .takes("FalcoAlert")
                        .gives("Kept"));
    }

    /** Falco has no ids: the same bytes are the same alert. */
    private Reply alert(Call call) {
        ObjectNode alert = call.json();
        String key = call.caller().name() + '\n' + new String(call.body(), StandardCharsets.UTF_8);
        Origin origin = new Origin("", Origin.FALCO, "", key);
        ObjectNode event = AlertEvents.event(alert, origin);
        int kept = intake.keep(call.body().length, delivery -> delivery.add(event));
        return Reply.json(
                Json.object().put("kept", kept).put("duplicates", 1 - kept).put("refused", 0));
    }
}
