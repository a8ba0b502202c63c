// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.policy.Policybook;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.policy.PolicyException;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.policy.Problem;
import dev.torimono.rules.Rule;
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

/** Whether policies load, and what is doubtful about them. */
@Command(
        name = "check",
        description = "Load policies as the agent would and say what is wrong with them.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no error", "1:errors"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono policy check my-policies.yaml",
            "  torimono policy check --rules shipped --rules my-rules.yaml my-policies.yaml"
        })
final class PolicyCheckCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ConfigOptions options = new ConfigOptions();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Policies files and folders; default: the configured ones.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--strict", description = "Warnings count as errors.")
    private boolean strict;

    @Override
    public Integer call() {
        PolicyArguments arguments = new PolicyArguments(options.load());
        Policybook book = arguments.book();
        List<PolicyFile> read = files.isEmpty() ? book.files() : PolicyArguments.read(files);
        List<Rule> rules = arguments.rules();
        PrintWriter out = spec.commandLine().getOut();
        try {
            PolicySet set = book.check(read, rules);
            List<Problem> warnings = set.warnings();
            warnings.forEach(warning -> out.println("warning: " + warning.render()));
            long own = set.policies().stream().filter(policy -> !policy.managed()).count();
            out.println(
                    counted(own, "policy", "policies")
                            + ", 0 errors, "
                            + counted(warnings.size(), "warning", "warnings"));
            return strict && !warnings.isEmpty() ? ExitCode.FOUND : ExitCode.OK;
        } catch (PolicyException e) {
            out.println(e.getMessage());
            out.println(counted(e.problems().size(), "error", "errors"));
            return ExitCode.FOUND;
        } finally {
            out.flush();
        }
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
