// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.model.Observation;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.format.OutputTemplate;
import tools.jackson.databind.JsonNode;

/** The text of one field of an event snapshot. */
final class FieldCases extends EvaluationCases {
    private static final String MISSING = "missing";

    FieldCases(JsonNode file) {
        super(file);
    }

    @Override
    public CaseResult run(JsonNode testCase) {
        String field = testCase.get("field").stringValue();
        if (PseudoFields.isStatic(field)) {
            return NO_STATIC_FIELDS;
        }
        if (field.equals("evt.hostname")) {
            return new CaseResult.NotApplicable("snapshots do not tell the machine's name");
        }
        Observation observation = observation(testCase);
        String text =
                OutputTemplate.parse("%" + field, observation.source(), FieldCatalog.standard())
                        .format(observation);
        String expected =
                testCase.get("missing").booleanValue()
                        ? MISSING
                        : testCase.get("expect").stringValue();
        return CaseResult.of(expected, text == null ? MISSING : text);
    }
}
