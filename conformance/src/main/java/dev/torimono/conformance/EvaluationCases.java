// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.model.Observation;
import java.util.HashMap;
import java.util.Map;
import java.util.TimeZone;
import tools.jackson.databind.JsonNode;

/** What sections over event snapshots share: the snapshots, each built once. */
abstract class EvaluationCases implements Section {
    static final CaseResult NO_STATIC_FIELDS =
            new CaseResult.NotApplicable(
                    "static fields are set by an embedding program; this engine has none");

    private final JsonNode events;
    private final Map<String, Observation> observations = new HashMap<>();

    EvaluationCases(JsonNode file) {
        // The cases were recorded there; times of day print in the local zone.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        events = file.path("events");
    }

    Observation observation(JsonNode testCase) {
        return observations.computeIfAbsent(
                testCase.get("event").stringValue(),
                id -> new Snapshot(events.get(id)).observation());
    }
}
