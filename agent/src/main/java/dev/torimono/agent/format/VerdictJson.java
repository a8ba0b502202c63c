// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import dev.torimono.model.ActionResult;
import dev.torimono.model.Verdict;
import java.util.List;

/** What policies said and what was done, as JSON; nothing where there is nothing to say. */
final class VerdictJson {
    private VerdictJson() {}

    static void actions(JsonWriter json, List<ActionResult> actions) {
        if (actions.isEmpty()) {
            return;
        }
        json.name("actions").beginArray();
        for (ActionResult action : actions) {
            json.beginObject();
            json.name("latency_ms").value(action.latencyMs() < 0 ? null : action.latencyMs());
            json.name("reason").string(action.reason());
            json.name("status").string(action.status().label());
            json.name("type").string(action.type());
            json.endObject();
        }
        json.endArray();
    }

    static void policies(JsonWriter json, List<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return;
        }
        json.name("policies").beginArray();
        for (Verdict verdict : verdicts) {
            json.beginObject();
            json.name("actions").value(verdict.actions());
            json.name("channels").value(verdict.channels());
            json.name("mode").string(verdict.mode());
            json.name("name").string(verdict.policy());
            json.name("notes").value(verdict.notes());
            json.name("runbook").string(verdict.runbook());
            json.name("severity").number(verdict.severity());
            json.name("type").string(verdict.type());
            json.endObject();
        }
        json.endArray();
    }
}
