// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.Log;
import dev.torimono.agent.Replay;
import dev.torimono.agent.ReplayWindow;
import dev.torimono.agent.Terminal;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rules over a capture instead of this machine. */
@Command(
        name = "replay",
        description = {
            "Run rules over a capture (.scap) as if it happened now; one alert a line on stdout.",
            "Needs no privileges. Alerts carry the times of the capture."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono replay incident.scap",
            "  torimono replay incident.scap --rules my.yaml --json"
        })
final class ReplayCommand implements Callable<Integer> {
    @Mixin private ConfigOptions options = new ConfigOptions();

    @Parameters(paramLabel = "FILE", description = "The capture, plain or gzip.")
    private Path capture = Path.of("");

    @Option(names = "--json", description = "Alerts as Falco's JSON.")
    private boolean json;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Judge nothing before it: a time such as 2026-11-22T09:43:33Z, or seconds since"
                            + " the first event.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Stop there; as --from.")
    private @Nullable String to;

    @Option(
            names = "--stats",
            description = "Also tell events by type and alerts by rule, on stderr.")
    private boolean stats;

    @Override
    public Integer call() {
        ConfigLoader loader = options.loader(System.getenv());
        if (json) {
            loader.set("alerts.json", "true", "--json");
        }
        AgentConfig config = loader.load();
        Log log = Log.toStderr(config.run().logLevel());
        loader.warnings().forEach(log::warn);
        PrintStream terminal = Terminal.STDERR.isTerminal() ? System.err : null;
        Replay replay = new Replay(config, Formats.ofLines(config), log);
        Replay.Summary summary = replay.run(capture, ReplayWindow.of(from, to), terminal);
        if (stats) {
            summary.statistics().text().forEach(System.err::println);
        }
        String damage = summary.damage();
        if (damage != null) {
            log.error(damage + "; what stands before it was judged");
        }
        System.err.println(summary.text());
        return damage == null ? ExitCode.OK : ExitCode.USAGE;
    }
}
