// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.policy.Policybook;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.source.PolicySource;
import dev.torimono.response.source.PolicySource.Block;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints policies as one file that can be applied elsewhere. */
@Command(
        name = "export",
        description = "Print configured policies as one file, as they are written.",
        footerHeading = "%nExamples:%n",
        footer = "  torimono policy export > all-my-policies.yaml")
final class PolicyExportCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ConfigOptions options = new ConfigOptions();
    @Mixin private FleetOptions fleet = new FleetOptions();

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Policies by name; default: all that do not come with torimono.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--managed",
            description = "The managed policies, too, as comments: to copy from.")
    private boolean managed;

    @Override
    public Integer call() {
        if (fleet.isMeant()) {
            fleet.policies().export(names, spec.commandLine().getOut());
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
        PolicyArguments arguments = new PolicyArguments(options.load());
        List<PolicyFile> files = new ArrayList<>(arguments.book().files());
        PrintWriter out = spec.commandLine().getOut();
        if (managed) {
            // They are everywhere already: a file that brought them again would be refused.
            Policybook.managed().stream()
                    .flatMap(file -> file.content().lines())
                    .forEach(line -> out.println(("# " + line).stripTrailing()));
        }
        List<String> left = new ArrayList<>(names);
        List<String> policies = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        for (PolicyFile file : files) {
            PolicySource source = PolicySource.of(file);
            for (Block block : source.blocks()) {
                if (names.isEmpty() || names.contains(block.name())) {
                    (block.managed() ? changes : policies).add(source.text(block).indent(2));
                    left.remove(block.name());
                }
            }
        }
        if (!left.isEmpty()) {
            throw new AgentException(
                    Reason.CONFIG, "there is no policy \"" + left.getFirst() + "\"");
        }
        print(out, "managed", changes);
        print(out, "policies", policies);
        if (changes.isEmpty() && policies.isEmpty()) {
            out.println("policies: []");
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void print(PrintWriter out, String key, List<String> blocks) {
        if (!blocks.isEmpty()) {
            out.print(key + ":\n" + String.join("", blocks));
        }
    }
}
