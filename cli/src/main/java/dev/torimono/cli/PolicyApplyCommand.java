// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.policy.PolicyFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts files of policies where agents read them: on this machine, or in the collector. */
@Command(
        name = "apply",
        description = {
            "Check files of policies together with those that are there, then put them there.",
            "A running agent that watches the folder takes them at once. Nothing changes when"
                    + " anything is wrong."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono policy apply my-policies.yaml --dry-run",
            "  torimono policy apply my-policies.yaml --fleet"
        })
final class PolicyApplyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ConfigOptions options = new ConfigOptions();
    @Mixin private FleetOptions fleet = new FleetOptions();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Policies files and folders.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Folder of policies; default: the first configured one.")
    private @Nullable Path to;

    @Option(names = "--dry-run", description = "Only show what would change.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (fleet.isMeant()) {
            return applyToFleet();
        }
        PolicyDiffCommand.Plan plan =
                PolicyDiffCommand.plan(new PolicyArguments(options.load()), files, to);
        PrintWriter out = spec.commandLine().getOut();
        out.print(plan.diff().isEmpty() ? "nothing changes\n" : plan.diff());
        if (!dryRun) {
            plan.changed().forEach(PolicyFolder::write);
            plan.changed().forEach(file -> out.println("written  " + file.name()));
        }
        out.flush();
        return ExitCode.OK;
    }

    private int applyToFleet() {
        PrintWriter out = spec.commandLine().getOut();
        FleetPolicies policies = fleet.policies();
        FleetPolicies.Plan plan = policies.plan(files);
        out.print(plan.diff().isEmpty() ? "nothing changes\n" : plan.diff());
        if (!dryRun) {
            policies.apply(plan, out);
        }
        out.flush();
        return ExitCode.OK;
    }
}
