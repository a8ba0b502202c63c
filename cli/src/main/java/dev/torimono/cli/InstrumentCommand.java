// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.instrument.DefinitionFile;
import dev.torimono.instrument.Instrument;
import dev.torimono.instrument.InstrumentException;
import dev.torimono.instrument.UnifiedDiff;
import dev.torimono.instrument.image.DockerImages;
import dev.torimono.instrument.image.ImageLookup;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts launcher and sidecar into definitions of tasks and pods. */
@Command(
        name = "instrument",
        description = {
            "Have a container started by the launcher, with the agent beside it: for ECS task"
                    + " definitions, CloudFormation, Terraform and Kubernetes. Prints the new"
                    + " definition; what it does not change keeps its bytes."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; with --diff, nothing changes",
            "1:with --diff, something changes",
            "2:a definition cannot be instrumented; the message says where and why"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono instrument task.json --collector https://c.example.org:7443 \\",
            "      --access-key-secret arn:aws:secretsmanager:… > covered.json",
            "  torimono instrument --in-place deployment.yaml --priority security",
            "  helm template . | torimono instrument - | kubectl apply -f -",
            "  torimono instrument --revert --in-place deployment.yaml"
        })
final class InstrumentCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private InstrumentOptions options = new InstrumentOptions();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "JSON, YAML, .tf or .tf.json; - for standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--in-place", description = "Change the files.")
    private boolean inPlace;

    @Option(names = "--diff", description = "Show what would change.")
    private boolean diff;

    @Option(names = "--revert", description = "Take out what was put in.")
    private boolean revert;

    @Option(
            names = "--docker-socket",
            paramLabel = "PATH",
            description =
                    "Docker that may have the images; empty for none. Default: ${DEFAULT-VALUE}.",
            defaultValue = "/var/run/docker.sock")
    private String dockerSocket = "";

    /** A file and what becomes of it. */
    private record Change(DefinitionFile file, String text) {}

    @Override
    public Integer call() {
        boolean single = !inPlace && !diff && files.size() > 1;
        if (single || (inPlace && (diff || files.contains("-")))) {
            throw new AgentException(
                    Reason.CONFIG,
                    single
                            ? "several files: give --in-place or --diff"
                            : "--in-place goes with files, and not with --diff");
        }
        try {
            // All of them first: one that cannot be instrumented leaves all as they are.
            return tell(files.stream().map(this::change).toList());
        } catch (InstrumentException e) {
            throw new AgentException(Reason.CONFIG, String.valueOf(e.getMessage()));
        }
    }

    private Change change(String name) {
        DefinitionFile file =
                name.equals("-") ? DefinitionFile.read("-", System.in) : DefinitionFile.read(name);
        Instrument.Outcome outcome =
                revert
                        ? Instrument.revert(name, file.text())
                        : new Instrument(options.settings(), images())
                                .instrument(name, file.text());
        outcome.notes().forEach(spec.commandLine().getErr()::println);
        return new Change(file, outcome.text());
    }

    private ImageLookup images() {
        return dockerSocket.isEmpty()
                ? ImageLookup.none()
                : new DockerImages(Path.of(dockerSocket));
    }

    /** All of them are written before the first takes the place of its file. */
    private static void replace(List<Change> changes) {
        List<DefinitionFile.Next> written = new ArrayList<>();
        try {
            for (Change change : changes) {
                if (!change.file().text().equals(change.text())) {
                    written.add(change.file().next(change.text()));
                }
            }
            written.forEach(DefinitionFile.Next::replace);
        } finally {
            written.forEach(DefinitionFile.Next::close);
        }
    }

    private int tell(List<Change> changes) {
        PrintWriter out = spec.commandLine().getOut();
        boolean changed = false;
        for (Change change : changes) {
            DefinitionFile file = change.file();
            boolean differs = !file.text().equals(change.text());
            changed |= differs;
            if (diff) {
                out.print(UnifiedDiff.of(file.name(), file.text(), change.text()));
            } else if (!inPlace) {
                out.print(change.text());
            }
        }
        if (inPlace) {
            replace(changes);
        }
        out.flush();
        return diff && changed ? ExitCode.FOUND : ExitCode.OK;
    }
}
