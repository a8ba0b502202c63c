// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Exceptions to policies. */
@Command(
        name = "exception",
        description = "Make exceptions to policies.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ExceptionAddCommand.class},
        footerHeading = "%nExamples:%n",
        footer = "  torimono exception add --from ALERT_ID --reason WHY --owner WHO")
final class ExceptionCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
}
