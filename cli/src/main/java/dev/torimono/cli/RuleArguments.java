// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.Rulebook;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.Ruleset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Loads the rules that a command names. */
final class RuleArguments {
    private RuleArguments() {}

    /** These files (without any, the shipped ones), with everything else as by default. */
    static LoadResult load(List<String> files) {
        List<String> named = files.isEmpty() ? List.of(AgentConfig.Rules.SHIPPED) : files;
        files.forEach(RuleArguments::refuseEmpty);
        return new Rulebook(
                        new ConfigLoader(Map.of())
                                .setList("rules.files", named, "FILE")
                                .set("rules.suggested-output", "false", "FILE")
                                .load()
                                .rules())
                .load();
    }

    /** An agent may begin with an empty folder; whoever names one here means another. */
    private static void refuseEmpty(String file) {
        Path folder = Path.of(file);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> children = Files.list(folder)) {
            if (children.noneMatch(child -> child.toString().matches(".*\\.ya?ml"))) {
                throw new AgentException(
                        AgentException.Reason.RULES,
                        folder + ": no *.yaml in this folder; those within it are not read");
            }
        } catch (IOException e) {
            throw new AgentException(AgentException.Reason.RULES, Reasons.of(e), e);
        }
    }

    /** The same for commands to which broken rules are not the point: they are named on stderr. */
    static Ruleset ruleset(List<String> files, PrintWriter err) {
        LoadResult result = load(files);
        if (!result.report().ok()) {
            err.print(result.report().text());
            err.flush();
            if (result.ruleset().rules().isEmpty()) {
                throw new AgentException(
                        AgentException.Reason.RULES, "rules: none could be loaded; errors above");
            }
        }
        return result.ruleset();
    }
}
