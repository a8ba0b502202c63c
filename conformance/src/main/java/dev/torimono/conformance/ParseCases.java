// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.syntax.ConditionParser;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Literal;
import tools.jackson.databind.JsonNode;

/** Grammar alone: valid or not, the tree, and how it prints. */
final class ParseCases implements Section {
    @Override
    public CaseResult run(JsonNode testCase) {
        boolean valid = testCase.get("valid").booleanValue();
        Expr expr;
        try {
            expr = ConditionParser.parse(testCase.get("input").stringValue());
        } catch (RuleException e) {
            return valid ? CaseResult.failed(testCase.get("ast"), e) : CaseResult.PASSED;
        }
        if (!valid) {
            return CaseResult.failed(testCase.get("error"), expr);
        }
        CaseResult tree = CaseResult.of(testCase.get("ast"), ExprJson.of(expr));
        return tree instanceof CaseResult.Passed
                ? CaseResult.of(
                        testCase.get("canonical").stringValue(), Literal.printable(expr.toString()))
                : tree;
    }
}
