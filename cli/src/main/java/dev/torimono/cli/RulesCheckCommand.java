// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.LoadReportText;
import dev.torimono.rules.LoadReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether rules load, and what is doubtful about them. */
@Command(
        name = "check",
        description = "Load rules as the agent would and say what is wrong with them.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no error", "1:errors"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono rules check my.yaml",
            "  torimono rules check shipped my-overrides.yaml"
        })
final class RulesCheckCommand implements Callable<Integer> {
    @Mixin private RuleArguments rules = new RuleArguments();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--strict", description = "Warnings count as errors.")
    private boolean strict;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        LoadReport report = rules.rulebook().load().report();
        report.errors().forEach(error -> out.println("error: " + LoadReportText.of(error)));
        report.warnings().forEach(w -> out.println("warning: " + LoadReportText.of(w)));
        out.println(LoadReportText.summary(report));
        out.flush();
        boolean good = report.ok() && !(strict && !report.warnings().isEmpty());
        return good ? ExitCode.OK : ExitCode.FOUND;
    }
}
