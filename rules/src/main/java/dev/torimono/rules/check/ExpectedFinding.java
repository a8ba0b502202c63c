// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.model.Finding;
import dev.torimono.rules.read.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A finding that a test expects.
 *
 * @param rule the rule's name
 * @param output text that its message contains
 * @param fields values of its output fields
 */
record ExpectedFinding(String rule, List<String> output, Map<String, String> fields) {
    private static final Set<String> KEYS = Set.of("rule", "output", "fields");

    ExpectedFinding {
        output = List.copyOf(output);
        fields = Map.copyOf(fields);
    }

    static ExpectedFinding of(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return new ExpectedFinding(scalar.text(), List.of(), Map.of());
        }
        Described described = Described.of(node, "a finding", KEYS);
        List<String> output =
                described.get("output") instanceof YamlNode.Scalar scalar
                        ? List.of(scalar.text())
                        : described.texts("output");
        return new ExpectedFinding(described.required("rule"), output, described.map("fields"));
    }

    /** What differs between expected and found; empty when nothing does. */
    static List<String> compare(List<ExpectedFinding> expected, List<Finding> found) {
        List<String> wanted = expected.stream().map(ExpectedFinding::rule).toList();
        List<String> got = found.stream().map(Finding::rule).toList();
        if (!wanted.equals(got)) {
            return List.of("expected findings " + wanted + " but got " + got);
        }
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            expected.get(i).compare(found.get(i), differences);
        }
        return differences;
    }

    private void compare(Finding found, List<String> differences) {
        for (String text : output) {
            if (!found.message().contains(text)) {
                differences.add(rule + ": output lacks '" + text + "': " + found.message());
            }
        }
        fields.forEach(
                (field, value) -> {
                    String got = String.valueOf(found.outputFields().get(field));
                    if (!got.equals(value)) {
                        differences.add(
                                rule + ": " + field + " is '" + got + "', not '" + value + "'");
                    }
                });
    }
}
