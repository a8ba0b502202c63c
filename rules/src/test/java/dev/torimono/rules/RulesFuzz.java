// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.format.OutputTemplate;
import dev.torimono.rules.plan.ConditionCompiler;
import dev.torimono.rules.syntax.ConditionParser;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Target of a coverage-guided fuzzer ({@code rules/fuzz.sh}, Jazzer): the first byte says what the
 * rest is. Whatever is thrown but a RuleException is a finding.
 */
public final class RulesFuzz {
    private static final FieldCatalog FIELDS = FieldCatalog.standard();
    private static final ConditionCompiler COMPILER = new ConditionCompiler(FIELDS);

    private RulesFuzz() {}

    /** Called by the fuzzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
        switch (input[0] % 3) {
            case 0 ->
                    new RuleLoader(LoadOptions.DEFAULT)
                            .load(List.of(new RuleFile("fuzz", text)))
                            .report()
                            .text();
            case 1 -> condition(text);
            default -> output(text);
        }
    }

    private static void condition(String text) {
        try {
            COMPILER.compile(ConditionParser.parse(text, ConditionParser.RULE_DEPTH, 0), "syscall")
                    .eventTypes();
        } catch (RuleException expected) {
            requireMessage(expected);
        }
    }

    private static void output(String text) {
        try {
            OutputTemplate.parse(text, "syscall", FIELDS).fieldNames();
        } catch (RuleException expected) {
            requireMessage(expected);
        }
    }

    private static void requireMessage(RuleException e) {
        if (e.getMessage().isEmpty()) {
            throw new IllegalStateException("an error without a message", e);
        }
    }
}
