// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root command: which commands there are, and what their failures look like. */
@Command(
        name = "torimono",
        description = "Runtime security for hosts and containers; speaks Falco's rules.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            AgentCommand.class,
            SidecarCommand.class,
            CollectorCommand.class,
            EventsCommand.class,
            AgentsCommand.class,
            DoctorCommand.class,
            ConfigCommand.class,
            RulesCommand.class,
            PolicyCommand.class,
            ExceptionCommand.class,
            RespondCommand.class,
            ReplayCommand.class,
            GenerateCommand.class,
            InstrumentCommand.class,
            CaptureCommand.class,
            ConformanceCommand.class,
            VersionCommand.class,
            TrainCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and nothing found",
            "1:a check found something",
            "2:options or configuration are wrong",
            "3:the machine lacks something; the message says what to do",
            "4:another agent runs",
            "70:internal error"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono up                        watch this machine with the shipped rules",
            "  torimono agent --rules my.yaml     one alert a line on stdout",
            "  torimono doctor                    what works on this machine, and what to do",
            "  torimono rules check my.yaml       is it right?",
            "",
            "In a checkout, ./torimono also knows build and test [--help]."
        })
final class Torimono implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Torimono());
        line.setParameterExceptionHandler(Torimono::wrongUsage);
        line.setExecutionExceptionHandler(Torimono::failed);
        line.setUsageHelpWidth(100);
        line.setUsageHelpAutoWidth(true);
        line.setAbbreviatedSubcommandsAllowed(false);
        line.getSubcommands().values().forEach(Torimono::withHelp);
        withHelp(line);
        line.getCommandSpec()
                .version(VersionCommand.lines())
                .addOption(
                        CommandLine.Model.OptionSpec.builder("-V", "--version")
                                .versionHelp(true)
                                .description("Print what torimono version prints.")
                                .build());
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }

    /** The same two options everywhere, without repeating them in every class. */
    private static void withHelp(CommandLine line) {
        CommandSpec of = line.getCommandSpec();
        if (!of.optionsMap().containsKey("--help") && !of.helpCommand()) {
            of.addOption(
                    CommandLine.Model.OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Show this help and exit.")
                            .build());
        }
        line.getSubcommands().values().forEach(Torimono::withHelp);
    }

    private static int wrongUsage(CommandLine.ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println(name + ": " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("See " + name + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (e instanceof AgentException ours) {
            err.println(
                    line.getCommandSpec().root().name().toLowerCase(Locale.ROOT)
                            + ": "
                            + ours.getMessage());
            return switch (ours.reason()) {
                case CONFIG -> ExitCode.USAGE;
                case RULES -> ExitCode.FOUND;
                case ENVIRONMENT -> ExitCode.ENVIRONMENT;
                case ALREADY_RUNNING -> ExitCode.ALREADY_RUNNING;
            };
        }
        err.println("torimono: internal error; please report it with what follows");
        e.printStackTrace(err);
        return ExitCode.INTERNAL;
    }
}
