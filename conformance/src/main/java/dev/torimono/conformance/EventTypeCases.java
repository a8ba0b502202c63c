// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.plan.EventTypes;
import dev.torimono.rules.syntax.ConditionParser;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Which event types a condition names. */
final class EventTypeCases implements Section {
    @Override
    public CaseResult run(JsonNode testCase) {
        boolean throwing = testCase.has("throws");
        BitSet codes;
        try {
            codes =
                    EventTypes.of(
                            ConditionParser.parse(testCase.get("input").stringValue()), "syscall");
        } catch (RuleException e) {
            return throwing ? CaseResult.PASSED : CaseResult.failed("event types", e.getMessage());
        }
        if (throwing) {
            return CaseResult.failed(testCase.get("error"), codes.cardinality() + " codes");
        }
        CaseResult count =
                CaseResult.of(testCase.get("n_event_codes").intValue(), codes.cardinality());
        JsonNode names = testCase.get("names");
        if (!(count instanceof CaseResult.Passed) || names == null || names.isNull()) {
            return count;
        }
        Set<String> expected = new TreeSet<>();
        names.forEach(name -> expected.add(name.stringValue()));
        return CaseResult.of(expected, EventNames.of(codes));
    }
}
