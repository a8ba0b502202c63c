// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.journal.Journal;
import dev.torimono.agent.policy.ExceptionDraft;
import dev.torimono.agent.policy.Policybook;
import dev.torimono.agent.policy.WhatIfReport;
import dev.torimono.response.past.WhatIf;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.policy.PolicyFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a policy would have done. */
@Command(
        name = "what-if",
        description = {
            "Judge the findings that the agent recorded by a policy, as if it had been in force.",
            "Only rules that were in force then have findings."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono policy what-if \"No shell in test\" --since 1h",
            "  torimono policy what-if my-policies.yaml --since 7d"
        })
final class PolicyWhatIfCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ConfigOptions options = new ConfigOptions();

    @Parameters(
            paramLabel = "POLICY",
            description = "A configured or managed policy by name, or a file of policies.")
    private String policy = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "90s, 30m, 1h, 7d, or a time; default ${DEFAULT-VALUE}.")
    private String since = "1h";

    @Override
    public Integer call() {
        PolicyArguments arguments = new PolicyArguments(options.load());
        Instant from = PolicyArguments.since(since, Instant.now());
        List<Policy> asked = asked(arguments);
        Journal journal = arguments.journal(from);
        WhatIf whatIf = new WhatIf(arguments.host());
        PrintWriter out = spec.commandLine().getOut();
        for (Policy one : asked) {
            out.println(WhatIfReport.text(whatIf, one, journal, from));
        }
        out.flush();
        return ExitCode.OK;
    }

    private List<Policy> asked(PolicyArguments arguments) {
        Path path = Path.of(policy);
        if (!Files.exists(path)) {
            List<Policy> all = arguments.load(List.of()).policies();
            return List.of(ExceptionDraft.find(all, policy));
        }
        List<PolicyFile> files = Policybook.read(path);
        List<String> names = files.stream().map(PolicyFile::name).toList();
        return arguments.book().load(files, arguments.rules()).policies().stream()
                .filter(one -> names.contains(one.position().file()))
                .toList();
    }
}
