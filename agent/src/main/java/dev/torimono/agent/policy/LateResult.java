// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.model.ActionResult;
import dev.torimono.model.Alert;
import dev.torimono.model.Finding;
import dev.torimono.model.Priority;
import dev.torimono.model.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts of our own that say how something ended that an earlier alert left pending. */
final class LateResult {
    static final String RULE = "Torimono internal: late result";

    private LateResult() {}

    static Alert action(Alert first, ActionResult result) {
        Map<String, @Nullable Object> fields = fields(first);
        fields.put("action.type", result.type());
        fields.put("action.status", result.status().label());
        fields.put("action.reason", result.reason());
        String text =
                result.type()
                        + ": "
                        + result.status().label()
                        + (result.reason().isEmpty() ? "" : ": " + result.reason());
        return alert(first, text, fields).with(first.verdicts(), List.of(result));
    }

    static Alert verdicts(Alert first, List<Verdict> verdicts) {
        List<String> names = verdicts.stream().map(Verdict::policy).toList();
        Map<String, @Nullable Object> fields = fields(first);
        fields.put("policies", names);
        return alert(first, "covered by " + String.join(", ", names), fields)
                .with(verdicts, List.of());
    }

    private static Map<String, @Nullable Object> fields(Alert first) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("alert.id", first.id());
        fields.put("alert.rule", first.finding().rule());
        return fields;
    }

    private static Alert alert(Alert first, String text, Map<String, @Nullable Object> fields) {
        Instant now = Instant.now();
        Finding finding =
                Finding.internal(
                        RULE,
                        Priority.NOTICE,
                        now,
                        "Alert " + first.id() + " (" + first.finding().rule() + ") " + text,
                        fields);
        return new Alert(finding, first.hostname(), first.lineage()).in(first.container());
    }
}
