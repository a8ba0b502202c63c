// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.Agent;
import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The agent as a service: one alert a line on stdout and nothing else there. */
@Command(
        name = "agent",
        description = {
            "Watch this machine and write one alert a line to stdout.",
            "Logs go to stderr; a line with the word ready tells that every hook is armed."
                    + " SIGTERM ends it, SIGHUP makes it load rules and open files again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono agent --json",
            "  torimono agent --rules shipped --rules /etc/torimono/rules.d --stats 10",
            "  torimono agent --falco-config /etc/falco/falco.yaml",
            "  torimono agent --set outputs.http.enabled=true --set outputs.http.url=http://h:2801/"
        })
final class AgentCommand implements Callable<Integer> {
    @Mixin private ConfigOptions options = new ConfigOptions();

    @Option(names = "--json", description = "Alerts as Falco's JSON.")
    private boolean json;

    @Option(
            names = "--stats",
            paramLabel = "SECONDS",
            description = "Write counters to stderr this often.")
    private @Nullable String stats;

    @Option(
            names = "--sensor",
            paramLabel = "KIND",
            description =
                    "By what it sees: kernel, or seccomp, calls of programs that were begun by the"
                            + " launcher, where there is no access to the kernel.")
    private @Nullable String sensor;

    @Override
    public Integer call() {
        ConfigLoader loader = options.loader(System.getenv());
        if (sensor != null) {
            loader.set("sensor.kind", sensor, "--sensor");
        }
        if (json) {
            loader.set("alerts.json", "true", "--json");
        }
        if (stats != null) {
            loader.set("agent.stats-seconds", stats, "--stats");
        }
        AgentConfig config = loader.load();
        Log log = Log.toStderr(config.run().logLevel());
        loader.warnings().forEach(log::warn);
        Agent agent = new Agent(config, Formats.ofLines(config), log);
        if (config.seccomp() == null) {
            agent.diagnosedBy(() -> DiagnosisJson.of(Diagnosis.beside(config)));
        }
        agent.run();
        return ExitCode.OK;
    }
}
