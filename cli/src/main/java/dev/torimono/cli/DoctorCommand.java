// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.Rulebook;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.model.Demand;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What works on this machine. */
@Command(
        name = "doctor",
        description =
                "Try what the agent needs of this machine: kernel, hooks, strongest action, container"
                        + " runtimes; say what is missing and what to do.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the agent works here", "1:it does not; the output says what to do"},
        footerHeading = "%nExamples:%n",
        footer = {"  torimono doctor", "  torimono doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ConfigOptions options = new ConfigOptions();

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        AgentConfig config = options.load();
        Rulebook rulebook = new Rulebook(config.rules());
        Demand demand = rulebook.matcher(rulebook.load()).demand();
        Diagnosis diagnosis = Diagnosis.make(demand, config);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? DiagnosisJson.of(diagnosis) : DiagnosisText.of(diagnosis));
        out.flush();
        return diagnosis.healthy() ? ExitCode.OK : ExitCode.FOUND;
    }
}
