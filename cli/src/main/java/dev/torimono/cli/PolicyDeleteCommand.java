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

/** Takes a policy from a collector, and so from all its agents. */
@Command(
        name = "delete",
        description = "Remove a policy from the collector; its agents enforce it no more.",
        footerHeading = "%nExample:%n",
        footer = "  torimono policy delete \"No shell in test\"")
final class PolicyDeleteCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CollectorOptions collector = new CollectorOptions();

    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name = "";

    @Override
    public Integer call() {
        new FleetPolicies(collector).delete(name);
        PrintWriter out = spec.commandLine().getOut();
        out.println("deleted  " + name);
        out.flush();
        return ExitCode.OK;
    }
}
