// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.control.Request;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a person has the running agent do; each is audited, and guards may object. */
@Command(
        name = "respond",
        description = {
            "Have the running agent do something, as root: end processes, act on containers, take"
                    + " files away.",
            "Every request is noted in control.audit-file before it is carried out. The agent"
                    + " refuses to end process 1, itself and what runs containers."
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused or failed; the message says why",
            "3:no agent answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono respond kill-process 4711 --reason \"miner\"",
            "  torimono respond pause shop",
            "  torimono respond quarantine /tmp/x --container shop"
        })
final class RespondCommand implements Runnable {
    private static final String EXAMPLE = "%nExample:%n";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }

    @Command(
            name = "status",
            description = "Whether the agent acts, and what its policies counted since its start.",
            footerHeading = EXAMPLE,
            footer = "  torimono respond status")
    int status(@Mixin AskOptions ask) {
        return ask.run(spec, new Request("status", "", "", false, ""));
    }

    @Command(
            name = "kill-process",
            description = "End a process, with everything that descends from it if asked.",
            footerHeading = EXAMPLE,
            footer = "  torimono respond kill-process 4711 --tree --reason \"miner\"")
    int killProcess(
            @Mixin AskOptions ask,
            @Parameters(paramLabel = "PID", description = "The process.") String target,
            @Option(names = "--tree", description = "With every descendant.") boolean tree) {
        return ask.run(spec, new Request("kill-process", target, "", tree, ask.reason()));
    }

    @Command(
            name = "kill-container",
            description = "End a container at once.",
            footerHeading = EXAMPLE,
            footer = "  torimono respond kill-container shop")
    int killContainer(@Mixin AskOptions ask, @Mixin OneContainer container) {
        return ask.run(spec, container.asked("kill-container", ask.reason()));
    }

    @Command(
            name = "stop",
            description = "Ask a container to end; kill it after ten seconds.",
            footerHeading = EXAMPLE,
            footer = "  torimono respond stop shop")
    int stopContainer(@Mixin AskOptions ask, @Mixin OneContainer container) {
        return ask.run(spec, container.asked("stop-container", ask.reason()));
    }

    @Command(
            name = "start",
            description = "Start a container again that was stopped or killed.",
            footerHeading = EXAMPLE,
            footer = "  torimono respond start 64_DIGITS_OF_ITS_ID")
    int startContainer(
            @Mixin AskOptions ask,
            @Parameters(paramLabel = "CONTAINER", description = "Its whole id.") String target) {
        return ask.run(spec, new Request("start-container", target, "", false, ask.reason()));
    }

    @Command(
            name = "pause",
            description = "Suspend every process of a container.",
            footerHeading = EXAMPLE,
            footer = "  torimono respond pause shop")
    int pauseContainer(@Mixin AskOptions ask, @Mixin OneContainer container) {
        return ask.run(spec, container.asked("pause-container", ask.reason()));
    }

    @Command(
            name = "unpause",
            description = "Let a paused container go on.",
            footerHeading = EXAMPLE,
            footer = "  torimono respond unpause shop")
    int unpauseContainer(@Mixin AskOptions ask, @Mixin OneContainer container) {
        return ask.run(spec, container.asked("unpause-container", ask.reason()));
    }

    @Command(
            name = "quarantine",
            description = "Take a file away and keep it, with its hash; undone by unquarantine.",
            footerHeading = EXAMPLE,
            footer = "  torimono respond quarantine /tmp/x --container shop")
    int quarantine(@Mixin AskOptions ask, @Mixin OneFile file) {
        return ask.run(spec, file.asked("quarantine", ask.reason()));
    }

    @Command(
            name = "unquarantine",
            description = "Put a file back that was taken away.",
            footerHeading = EXAMPLE,
            footer = "  torimono respond unquarantine mheslf2k-1")
    int unquarantine(
            @Mixin AskOptions ask,
            @Parameters(paramLabel = "ID", description = "As quarantine told it.") String target) {
        return ask.run(spec, new Request("unquarantine", target, "", false, ask.reason()));
    }

    @Command(
            name = "acquire",
            description = "Copy a file out, with its hash.",
            footerHeading = EXAMPLE,
            footer = "  torimono respond acquire /tmp/x --container shop")
    int acquire(@Mixin AskOptions ask, @Mixin OneFile file) {
        return ask.run(spec, file.asked("acquire", ask.reason()));
    }

    @Command(
            name = "kill-switch",
            description = "Stop every action of the agent, or allow them again.",
            footerHeading = EXAMPLE,
            footer = "  torimono respond kill-switch on --reason \"wrong policy\"")
    int killSwitch(
            @Mixin AskOptions ask,
            @Parameters(paramLabel = "on|off", description = "on stops them.") String target) {
        return ask.run(spec, new Request("kill-switch", target, "", false, ask.reason()));
    }

    /** The container that is meant. */
    static final class OneContainer {
        @Parameters(paramLabel = "CONTAINER", description = "Its name or id.")
        private String target = "";

        Request asked(String command, String reason) {
            return new Request(command, target, "", false, reason);
        }
    }

    /** The file that is meant. */
    static final class OneFile {
        @Parameters(paramLabel = "PATH", description = "The file.")
        private String target = "";

        @Option(
                names = "--container",
                defaultValue = "",
                description = "The container it is in, by name or id; default: the host.")
        private String container = "";

        Request asked(String command, String reason) {
            return new Request(command, target, container, false, reason);
        }
    }
}
