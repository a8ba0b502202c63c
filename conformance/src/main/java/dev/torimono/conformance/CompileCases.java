// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.plan.Condition;
import dev.torimono.rules.plan.ConditionCompiler;
import dev.torimono.rules.syntax.ConditionParser;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Fields, types, operators and values: whether a condition compiles, with how many warnings. */
final class CompileCases implements Section {
    private final ConditionCompiler compiler =
            new ConditionCompiler(
                    FieldCatalog.of(Set.of(Field.Provider.EVENT, Field.Provider.SYSCALL)));

    @Override
    public CaseResult run(JsonNode testCase) {
        String input = testCase.get("input").stringValue();
        boolean compiles = testCase.get("compiles").booleanValue();
        Condition condition;
        try {
            condition = compiler.compile(ConditionParser.parse(input), "syscall");
        } catch (RuleException e) {
            return compiles ? CaseResult.failed("compiles", e.getMessage()) : CaseResult.PASSED;
        }
        if (!compiles) {
            return CaseResult.failed(testCase.get("error"), "compiles");
        }
        JsonNode warnings = testCase.get("warnings");
        long expected = warnings == null ? 0 : warnings.size();
        long got =
                condition.warnings().stream()
                        .filter(w -> w.kind().name().equals("LOAD_COMPILE_CONDITION"))
                        .count();
        return expected == got
                ? CaseResult.PASSED
                : CaseResult.failed(expected + " warnings " + warnings, condition.warnings());
    }
}
