// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.read;

import dev.torimono.response.policy.PolicyException;
import dev.torimono.response.policy.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything that is wrong with policy files, so that all of it is told at once. */
public final class Problems {
    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparingInt((Problem p) -> p.position().line())
                    .thenComparingInt(p -> p.position().column());

    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    void error(Problem problem) {
        errors.add(problem);
    }

    public void warn(Problem problem) {
        warnings.add(problem);
    }

    /** What is doubtful, in order of place within each file. */
    public List<Problem> warnings() {
        return sorted(warnings);
    }

    /** Throws when anything is wrong. */
    public void refuse() {
        if (!errors.isEmpty()) {
            throw new PolicyException(sorted(errors));
        }
    }

    private static List<Problem> sorted(List<Problem> problems) {
        List<String> files = problems.stream().map(p -> p.position().file()).distinct().toList();
        return problems.stream()
                .sorted(
                        Comparator.comparingInt((Problem p) -> files.indexOf(p.position().file()))
                                .thenComparing(BY_PLACE))
                .toList();
    }
}
