// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.config.Nearest;
import dev.torimono.rules.Rule;
import dev.torimono.rules.Ruleset;
import dev.torimono.rules.report.RuleExplanation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a rule comes to, and what it costs. */
@Command(
        name = "explain",
        description =
                "Show one rule with its macros and lists resolved, the events it needs and the fields"
                        + " it reads.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono rules explain \"Terminal shell in container\"",
            "  torimono rules explain \"My rule\" --rules shipped --rules my.yaml"
        })
final class RulesExplainCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RULE", description = "The rule's name.")
    private String name = "";

    @Option(
            names = {"-r", "--rules"},
            paramLabel = "FILE",
            description = "Where it is, as in rules check; repeatable.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Ruleset ruleset = RuleArguments.ruleset(files, spec.commandLine().getErr());
        if (ruleset.rule(name).isEmpty()) {
            List<String> names = ruleset.rules().stream().map(Rule::name).toList();
            throw new AgentException(
                    AgentException.Reason.CONFIG,
                    "no rule is called \"" + name + "\"" + Nearest.hint(name, names));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? RuleExplanation.json(ruleset, name) + "\n"
                        : RuleExplanation.of(ruleset, name));
        out.flush();
        return ExitCode.OK;
    }
}
