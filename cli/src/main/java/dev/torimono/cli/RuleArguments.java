// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.Rulebook;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** Which rules a command is about. */
final class RuleArguments {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Rules files and folders in load order; the word shipped stands for the rules"
                            + " that come with torimono. Default: shipped.")
    private List<String> files = new ArrayList<>();

    Rulebook rulebook() {
        return rulebook(files.isEmpty() ? List.of(AgentConfig.Rules.SHIPPED) : files);
    }

    /** Just these files, with everything else as by default. */
    static Rulebook rulebook(List<String> files) {
        return new Rulebook(
                new ConfigLoader(Map.of()).setList("rules.files", files, "FILE").load().rules());
    }
}
