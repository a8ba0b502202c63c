// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything about rules that needs no kernel. */
@Command(
        name = "rules",
        description = "Check, list, explain, compare and test rules; list the fields they can use.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RulesCheckCommand.class,
            RulesListCommand.class,
            RulesExplainCommand.class,
            RulesFieldsCommand.class,
            RulesDiffCommand.class,
            RulesTestCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono rules check my.yaml",
            "  torimono rules explain \"Terminal shell in container\"",
            "  torimono rules fields fd."
        })
final class RulesCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
}
