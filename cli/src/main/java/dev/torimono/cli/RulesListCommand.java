// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.rules.LoadResult;
import dev.torimono.rules.Rule;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which rules there are. */
@Command(
        name = "list",
        description = "List rules in the order they are tried: priority, name, tags.",
        footerHeading = "%nExamples:%n",
        footer = {"  torimono rules list", "  torimono rules list my.yaml --tag container"})
final class RulesListCommand implements Callable<Integer> {
    @Mixin private RuleArguments rules = new RuleArguments();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "Only rules with this tag; repeatable, all must be there.")
    private List<String> tags = new ArrayList<>();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        LoadResult result = rules.rulebook().load();
        for (Rule rule : result.ruleset().rules()) {
            if (rule.tags().containsAll(tags)) {
                out.println(line(rule));
            }
        }
        out.flush();
        return result.report().ok() ? ExitCode.OK : ExitCode.FOUND;
    }

    private static String line(Rule rule) {
        String state = rule.dormant() ? " (dormant)" : rule.enabled() ? "" : " (disabled)";
        return "%-13s  %s%s  [%s]"
                .formatted(
                        rule.priority().label(),
                        rule.name(),
                        state,
                        String.join(", ", rule.tags()));
    }
}
