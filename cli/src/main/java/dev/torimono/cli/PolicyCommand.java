// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything about policies: files on this machine, or with {@code --fleet} a collector's. */
@Command(
        name = "policy",
        description = "List, check, compare, apply and export policies; ask what one would do.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PolicyListCommand.class,
            PolicyGetCommand.class,
            PolicyCheckCommand.class,
            PolicyDiffCommand.class,
            PolicyApplyCommand.class,
            PolicyExportCommand.class,
            PolicyDeleteCommand.class,
            PolicyWhatIfCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono policy check my-policies.yaml",
            "  torimono policy what-if \"No shell in test\" --since 1h",
            "  torimono policy apply my-policies.yaml"
        })
final class PolicyCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
}
