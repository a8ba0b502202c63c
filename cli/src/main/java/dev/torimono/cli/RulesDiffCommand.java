// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.rules.report.RulesetDiff;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What changed between two sets of rules, after everything is resolved. */
@Command(
        name = "diff",
        description = "Compare two sets of rules: which are new, gone, or mean something else.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no difference", "1:differences"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono rules diff old.yaml new.yaml",
            "  torimono rules diff shipped shipped,my.yaml"
        })
final class RulesDiffCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            split = ",",
            paramLabel = "BEFORE",
            description = "Files as in rules check, separated by commas.")
    private List<String> before = List.of();

    @Parameters(index = "1", split = ",", paramLabel = "AFTER", description = "The same.")
    private List<String> after = List.of();

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        RulesetDiff diff =
                RulesetDiff.between(
                        RuleArguments.ruleset(before, err), RuleArguments.ruleset(after, err));
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? diff.json() + "\n" : diff.text());
        out.flush();
        return diff.isEmpty() ? ExitCode.OK : ExitCode.FOUND;
    }
}
