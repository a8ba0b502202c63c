// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.rules.Rule;
import dev.torimono.rules.Ruleset;
import dev.torimono.rules.plan.Condition;
import dev.torimono.rules.syntax.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Compares what rules are after a load with what they should be. */
final class RuleStates {
    private final List<String> expected = new ArrayList<>();
    private final List<String> got = new ArrayList<>();

    private RuleStates() {}

    static CaseResult compare(JsonNode rules, Ruleset ruleset, Set<String> active) {
        List<Rule> loaded = ruleset.rules().stream().filter(rule -> !rule.dormant()).toList();
        RuleStates states = new RuleStates();
        for (JsonNode rule : rules) {
            states.expected.add(rule.get("name").stringValue());
        }
        loaded.forEach(rule -> states.got.add(rule.name()));
        if (states.expected.equals(states.got)) {
            for (int i = 0; i < loaded.size(); i++) {
                Rule rule = loaded.get(i);
                states.compare(rules.get(i), rule, active.contains(rule.name()));
                states.compareEventTypes(
                        rules.get(i), ruleset.condition(rule.name()).orElseThrow());
            }
        }
        return CaseResult.of(states.expected, states.got);
    }

    private void compare(JsonNode json, Rule rule, boolean active) {
        same("source", json.get("source").stringValue(), rule.source());
        same("priority", json.get("priority").stringValue(), rule.priority().label());
        same("desc", json.get("desc").stringValue(), rule.description());
        same("tags", texts(json.get("tags")), rule.tags());
        same("output", json.get("output").stringValue(), rule.template());
        same("condition_text", json.get("condition_text").stringValue(), rule.conditionText());
        same("ast", json.get("condition_ast"), ExprJson.of(rule.resolvedCondition()));
        same(
                "canon",
                json.get("condition_canon").stringValue(),
                Literal.printable(rule.resolvedCondition().toString()));
        same("exceptions", texts(json.path("exceptions")), rule.exceptions());
        same("enabled", json.get("enabled").booleanValue(), rule.enabled());
        same("active", json.get("active").booleanValue(), active);
        same("warn_evttypes", json.path("warn_evttypes").asBoolean(true), rule.warnEvttypes());
        same(
                "skip_if_unknown_filter",
                json.path("skip_if_unknown_filter").asBoolean(false),
                rule.skipIfUnknownFilter());
        same("capture", json.path("capture").asBoolean(false), rule.capture());
        same("capture_duration", json.path("capture_duration").asLong(0), rule.captureDurationMs());
    }

    private void compareEventTypes(JsonNode json, Condition condition) {
        List<String> names = List.copyOf(EventNames.of(condition.eventTypes()));
        if (json.has("evt_types")) {
            same("evt_types", texts(json.get("evt_types")).stream().sorted().toList(), names);
        } else if (json.has("evt_types_count")) {
            same("evt_types_count", json.get("evt_types_count").intValue(), names.size());
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.stringValue()));
        return texts;
    }

    private void same(String what, Object should, Object is) {
        if (!should.equals(is)) {
            expected.add(what + " " + should);
            got.add(what + " " + is);
        }
    }
}
