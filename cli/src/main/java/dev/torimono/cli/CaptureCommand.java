// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.Log;
import dev.torimono.agent.Signals;
import dev.torimono.agent.Terminal;
import dev.torimono.agent.capture.CaptureOptions;
import dev.torimono.agent.capture.CaptureRun;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What happens on this machine, to a file. */
@Command(
        name = "capture",
        description = {
            "Write what happens on this machine to a capture (.scap), to be replayed later or opened"
                    + " with sysdig or Stratoshark. Needs root.",
            "A file begins with every process, its open files, and the machine's accounts and"
                    + " addresses. INT and TERM end it; the file is whole then."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono capture -w incident.scap",
            "  torimono capture -w web.scap --filter 'container.name = web' --duration 60",
            "  torimono capture -w long.scap --file-size 100 --files 10"
        })
final class CaptureCommand implements Callable<Integer> {
    private static final double NS_PER_S = 1e9;
    private static final long MEGABYTE = 1_000_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            required = true,
            description = "The file to write.")
    private Path file = Path.of("");

    @Option(
            names = "--filter",
            paramLabel = "CONDITION",
            description =
                    "Keep only events that a condition of the rule language holds for; births and"
                            + " ends of processes and execs are kept in any case.")
    private @Nullable String filter;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "End after that long.")
    private double duration;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "EVENTS",
            description = "End after that many events.")
    private long count;

    @Option(
            names = {"-s", "--snaplen"},
            paramLabel = "BYTES",
            description = "Keep at most that much of data sent and received with an event.")
    private int snapLength;

    @Option(
            names = {"-C", "--file-size"},
            paramLabel = "MEGABYTES",
            description = "Begin another file (FILE.0001.scap …) after that many.")
    private long fileSize;

    @Option(
            names = {"-W", "--files"},
            paramLabel = "COUNT",
            description = "With --file-size: keep only the last files.")
    private int files;

    @Option(
            names = "--docker-socket",
            paramLabel = "PATH",
            description = "Ask the Docker or podman daemon there, instead of at the usual places.")
    private List<Path> dockerSockets = List.of();

    @Override
    public Integer call() {
        if (duration < 0 || count < 0 || snapLength < 0 || fileSize < 0 || files < 0) {
            throw new ParameterException(spec.commandLine(), "negative limits make no sense");
        }
        if (files > 0 && fileSize == 0) {
            throw new ParameterException(spec.commandLine(), "--files needs --file-size");
        }
        CaptureOptions options =
                new CaptureOptions(
                        file,
                        filter,
                        (long) (duration * NS_PER_S),
                        count,
                        snapLength,
                        fileSize * MEGABYTE,
                        files,
                        dockerSockets);
        PrintStream terminal = Terminal.STDERR.isTerminal() ? System.err : null;
        CaptureRun run = new CaptureRun(options, Log.toStderr(Log.Level.INFO), terminal);
        Signals.handle(run::stop, () -> {});
        System.err.println(run.run().text());
        return ExitCode.OK;
    }
}
