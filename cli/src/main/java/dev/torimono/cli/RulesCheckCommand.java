// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.rules.LoadReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
    private static final long NS_PER_MS = 1_000_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Rules files and folders in load order; the word shipped stands for the rules"
                            + " that come with torimono. Default: shipped.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--strict", description = "Warnings count as errors.")
    private boolean strict;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Option(names = "--timing", description = "Say on stderr how long loading took.")
    private boolean timing;

    @Override
    public Integer call() {
        long begun = System.nanoTime();
        LoadReport report = RuleArguments.load(files).report();
        if (timing) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf(
                    "%d rules loaded in %d ms%n",
                    report.rules(), (System.nanoTime() - begun) / NS_PER_MS);
            err.flush();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.json() + "\n" : report.text());
        out.flush();
        boolean good = report.ok() && !(strict && !report.warnings().isEmpty());
        return good ? ExitCode.OK : ExitCode.FOUND;
    }
}
