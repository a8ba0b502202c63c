// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.Agent;
import dev.torimono.agent.Log;
import dev.torimono.agent.Terminal;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.agent.format.ReadableFormat;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The agent for someone who sits in front of it. */
@Command(
        name = "up",
        description = {
            "Watch this machine and show alerts for people to read, each with its lineage.",
            "A collector beside it keeps them and serves the API.",
            "Ctrl-C ends it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono up                        then, elsewhere: docker exec -it CONTAINER sh",
            "  torimono up --rules shipped --rules my.yaml"
        })
final class UpCommand implements Callable<Integer> {
    @Mixin private ConfigOptions options = new ConfigOptions();

    @Option(names = "--no-collector", description = "Only the agent, nothing beside it.")
    private boolean noCollector;

    @Option(
            names = "--collector-listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7443",
            description = "Where the collector listens; default ${DEFAULT-VALUE}.")
    private String listen = "";

    @Option(
            names = "--collector-data",
            paramLabel = "FOLDER",
            defaultValue = "/var/lib/torimono/collector",
            description = "Where the collector keeps everything; default ${DEFAULT-VALUE}.")
    private Path data = Path.of("");

    @Override
    public Integer call() {
        ConfigLoader loader = options.loader(System.getenv());
        AgentConfig config = loader.load();
        Log log = Log.toStderr(config.run().logLevel());
        loader.warnings().forEach(log::warn);
        // Who reports to a collector elsewhere needs none here.
        if (noCollector || config.fleet() != null) {
            agent(config, log).run();
            return ExitCode.OK;
        }
        try (LocalCollector collector = new LocalCollector(data.toAbsolutePath(), listen, log)) {
            collector.assignments().forEach(loader::assignment);
            Agent agent = agent(loader.load(), log);
            // The agent protects: it has the machine to itself until it does.
            agent.onReady(collector::start);
            agent.run();
        }
        return ExitCode.OK;
    }

    private static Agent agent(AgentConfig config, Log log) {
        ReadableFormat format =
                new ReadableFormat(ZoneId.systemDefault(), Terminal.STDOUT.isTerminal());
        Agent agent = new Agent(config, format, log);
        agent.diagnosedBy(() -> DiagnosisJson.of(Diagnosis.beside(config)));
        return agent;
    }
}
