// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which an agent is configured. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Configuration file or folder; default /etc/torimono/torimono.yaml with"
                            + " torimono.d beside it.")
    private @Nullable Path config;

    @Option(
            names = "--falco-config",
            paramLabel = "FILE",
            description = "A falco.yaml, of which rules and outputs are understood; repeatable.")
    private List<Path> falcoConfigs = new ArrayList<>();

    @Option(
            names = {"-r", "--rules"},
            paramLabel = "FILE",
            description =
                    "Rules file or folder, in load order; repeatable. Replaces the configured ones;"
                            + " the word shipped stands for the rules that come with torimono.")
    private List<String> rules = new ArrayList<>();

    @Option(
            names = "--policies",
            paramLabel = "FILE",
            description =
                    "Policies file or folder, in load order; repeatable. Replaces the configured"
                            + " ones; the managed policies stay.")
    private List<String> policies = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One configuration key, such as alerts.lineage=false; repeatable.")
    private List<String> assignments = new ArrayList<>();

    /** Everything that is given, before flags of single commands. */
    ConfigLoader loader(Map<String, String> environment) {
        ConfigLoader loader = new ConfigLoader(environment);
        loader.files(config);
        falcoConfigs.forEach(loader::falcoFile);
        loader.variables();
        if (!rules.isEmpty()) {
            loader.setList("rules.files", rules, "--rules");
        }
        if (!policies.isEmpty()) {
            loader.setList("policies.files", policies, "--policies");
        }
        assignments.forEach(loader::assignment);
        return loader;
    }

    AgentConfig load() {
        return loader(System.getenv()).load();
    }
}
