// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.resolve;

import dev.torimono.rules.LoadCode;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.read.Diagnostics;
import dev.torimono.rules.read.Passage;
import dev.torimono.rules.read.RuleItem;
import dev.torimono.rules.read.YamlNode;
import java.util.List;

/** Completes the output of a rule: extras are appended, what Falco dropped is taken out. */
public final class RuleOutput {
    private static final String CONTAINER_INFO = "%container.info";

    private RuleOutput() {}

    public static Passage of(
            RuleItem rule,
            List<LoadOptions.ExtraOutput> extras,
            Diagnostics diagnostics,
            String label) {
        Passage output = rule.output();
        for (LoadOptions.ExtraOutput extra : extras) {
            if (applies(extra, rule)) {
                output = output.join(stand(extra.format(), rule));
            }
        }
        if (!output.text().contains(CONTAINER_INFO)) {
            return output;
        }
        diagnostics.warn(
                LoadCode.LOAD_DEPRECATED_ITEM,
                CONTAINER_INFO + " is deprecated and left out; name the container fields you want",
                output.at(output.text().indexOf(CONTAINER_INFO)),
                label);
        return withoutContainerInfo(output);
    }

    private static boolean applies(LoadOptions.ExtraOutput extra, RuleItem rule) {
        return (extra.source().isEmpty() || extra.source().equals(rule.source()))
                && rule.tags().containsAll(extra.tags())
                && (extra.rule().isEmpty() || extra.rule().equals(rule.name()));
    }

    /** Configured text stands at the rule's own output when something is wrong with it. */
    private static Passage stand(String format, RuleItem rule) {
        return new Passage.Builder().put(format, rule.output(), 0).build();
    }

    private static Passage withoutContainerInfo(Passage output) {
        Passage.Builder kept = new Passage.Builder();
        String text = output.text();
        int from = 0;
        for (int at = text.indexOf(CONTAINER_INFO);
                at >= 0;
                at = text.indexOf(CONTAINER_INFO, from)) {
            kept.append(output, from, at);
            from = at + CONTAINER_INFO.length();
        }
        kept.append(output, from, text.length());
        return kept.length() == 0
                ? Passage.of(new YamlNode.Scalar("", YamlNode.Style.PLAIN, output.at(0)))
                : kept.build();
    }
}
