// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.response.decision.PolicySet;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which policies there are. */
@Command(
        name = "list",
        description = "List the configured policies, or those of files, with the managed ones.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono policy list --policies my-policies.yaml",
            "  torimono policy list --fleet"
        })
final class PolicyListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ConfigOptions options = new ConfigOptions();
    @Mixin private FleetOptions fleet = new FleetOptions();

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Policies files and folders.")
    private List<String> files = new ArrayList<>();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (fleet.isMeant()) {
            fleet.policies().list(out);
            return ExitCode.OK;
        }
        PolicySet set = new PolicyArguments(options.load()).load(files);
        PolicyTable table = new PolicyTable(out);
        set.policies().forEach(table::add);
        table.end();
        return ExitCode.OK;
    }
}
