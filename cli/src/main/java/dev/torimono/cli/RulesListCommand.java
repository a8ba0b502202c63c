// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.rules.Ruleset;
import dev.torimono.rules.report.RuleList;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which rules there are. */
@Command(
        name = "list",
        description = "List rules in the order they are tried.",
        footerHeading = "%nExamples:%n",
        footer = {"  torimono rules list", "  torimono rules list shipped my.yaml --json"})
final class RulesListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "As in rules check.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Ruleset ruleset = RuleArguments.ruleset(files, spec.commandLine().getErr());
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? RuleList.json(ruleset) + "\n" : RuleList.text(ruleset));
        out.flush();
        return ExitCode.OK;
    }
}
