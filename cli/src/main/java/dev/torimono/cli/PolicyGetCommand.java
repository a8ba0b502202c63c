// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One policy of a collector. */
@Command(
        name = "get",
        description = "Print a policy of the collector as its API tells it.",
        footerHeading = "%nExample:%n",
        footer = "  torimono policy get \"No shell in test\"")
final class PolicyGetCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CollectorOptions collector = new CollectorOptions();

    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name = "";

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        new FleetPolicies(collector).get(name, out);
        out.flush();
        return ExitCode.OK;
    }
}
