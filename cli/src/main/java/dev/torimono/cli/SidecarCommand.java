// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.Agent;
import dev.torimono.agent.AgentException;
import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.sensor.seccomp.Launcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The agent of a serverless task: puts the launcher where others find it, then watches. */
@Command(
        name = "sidecar",
        description =
                "Put the launcher into the volume that the containers of a task share, and watch the"
                        + " programs that it begins; one alert a line of JSON on stdout.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono sidecar",
            "  torimono sidecar --launcher-only",
            "  TORIMONO_FLEET_COLLECTOR=https://c:6443 torimono sidecar"
        })
final class SidecarCommand implements Callable<Integer> {
    @Mixin private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--volume",
            paramLabel = "FOLDER",
            description = "Where the volume is mounted. Default: ${DEFAULT-VALUE}.",
            defaultValue = "/opt/torimono")
    private Path volume = Path.of("/opt/torimono");

    @Option(names = "--launcher-only", description = "Put the launcher there and end.")
    private boolean launcherOnly;

    @Override
    public Integer call() {
        try {
            Launcher.install(volume.resolve("bin/launch"));
        } catch (IOException e) {
            throw new AgentException(
                    AgentException.Reason.ENVIRONMENT,
                    "launcher: " + volume + ": cannot be written: " + Reasons.of(e));
        }
        if (launcherOnly) {
            return ExitCode.OK;
        }
        ConfigLoader loader = options.loader(System.getenv());
        loader.set("sensor.kind", "seccomp", "sidecar");
        loader.set("seccomp.socket", volume.resolve("run/agent.sock").toString(), "--volume");
        loader.set("alerts.json", "true", "sidecar");
        AgentConfig config = loader.load();
        Log log = Log.toStderr(config.run().logLevel());
        loader.warnings().forEach(log::warn);
        new Agent(config, Formats.ofLines(config), log).run();
        return ExitCode.OK;
    }
}
