// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import java.util.ArrayList;
import java.util.List;

/** Loads texts, for tests. */
final class Loads {
    private Loads() {}

    /** Loads texts as files {@code 1.yaml}, {@code 2.yaml} and so on. */
    static LoadResult of(String... contents) {
        List<RuleFile> files = new ArrayList<>();
        for (String content : contents) {
            files.add(new RuleFile((files.size() + 1) + ".yaml", content));
        }
        return new RuleLoader(LoadOptions.DEFAULT).load(files);
    }

    /** A rule that needs no more than its condition. */
    static String rule(String name, String condition) {
        return "- rule: "
                + name
                + "\n  desc: d\n  condition: "
                + condition
                + "\n  output: o %proc.name\n  priority: NOTICE\n";
    }

    static Rule only(LoadResult result) {
        if (result.ruleset().rules().size() != 1 || !result.report().ok()) {
            throw new AssertionError(result.report().text());
        }
        return result.ruleset().rules().getFirst();
    }
}
