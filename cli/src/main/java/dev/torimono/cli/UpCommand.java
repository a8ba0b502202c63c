// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.Agent;
import dev.torimono.agent.Log;
import dev.torimono.agent.Terminal;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.agent.format.ReadableFormat;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The agent for someone who sits in front of it. */
@Command(
        name = "up",
        description = {
            "Watch this machine and show alerts for people to read, each with its lineage.",
            "Ctrl-C ends it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono up                        then, elsewhere: docker exec -it CONTAINER sh",
            "  torimono up --rules shipped --rules my.yaml"
        })
final class UpCommand implements Callable<Integer> {
    @Mixin private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() {
        ConfigLoader loader = options.loader(System.getenv());
        AgentConfig config = loader.load();
        Log log = Log.toStderr(config.run().logLevel());
        loader.warnings().forEach(log::warn);
        ReadableFormat format =
                new ReadableFormat(ZoneId.systemDefault(), Terminal.STDOUT.isTerminal());
        new Agent(config, format, log).run();
        return ExitCode.OK;
    }
}
