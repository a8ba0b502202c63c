// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.model.Observation;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.plan.ConditionCompiler;
import dev.torimono.rules.plan.Plan;
import dev.torimono.rules.plan.PlannedRule;
import dev.torimono.rules.syntax.ConditionParser;
import dev.torimono.rules.syntax.Expr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A condition evaluated on one event snapshot. */
final class ConditionCases extends EvaluationCases {
    private final ConditionCompiler compiler = new ConditionCompiler(FieldCatalog.standard());
    private final JsonNode file;

    ConditionCases(JsonNode file) {
        super(file);
        this.file = file;
    }

    @Override
    public CaseResult run(JsonNode testCase) {
        Expr expr = ConditionParser.parse(testCase.get("condition").stringValue());
        Observation observation;
        if (testCase.get("kind").stringValue().equals("boolean")) {
            expr = new PseudoFields(texts(testCase.get("fields"))).replace(expr);
            observation = new Snapshot(file.get("events").iterator().next()).observation();
        } else {
            observation = observation(testCase);
            if (PseudoFields.usesStatic(expr)) {
                return NO_STATIC_FIELDS;
            }
        }
        String source = observation.source();
        PlannedRule rule = new PlannedRule(source, compiler.compile(expr, source), 0);
        boolean[] matched = new boolean[1];
        Plan.of(List.of(rule)).match(observation, MatchStrategy.FIRST, i -> matched[0] = true);
        return CaseResult.of(testCase.get("expect").booleanValue(), matched[0]);
    }

    private static Map<String, String> texts(JsonNode fields) {
        Map<String, String> texts = new HashMap<>();
        fields.properties().forEach(e -> texts.put(e.getKey(), e.getValue().stringValue()));
        return texts;
    }
}
