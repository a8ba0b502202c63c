// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A collector's folder from a backup. */
@Command(
        name = "restore",
        description = {
            "Make the folder of a collector from a backup. The folder must be empty or not there.",
            "Every file is compared with its checksum first; a damaged backup changes nothing."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  mv /var/lib/torimono/collector /var/lib/torimono/collector.old",
            "  torimono collector restore /srv/backup/torimono-2026-11-26.zip"
        })
final class CollectorRestoreCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "What torimono collector backup wrote.")
    private Path file = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "/var/lib/torimono/collector",
            description = "Folder of the collector; default ${DEFAULT-VALUE}.")
    private Path data = Path.of("");

    @Override
    public Integer call() {
        int files = CollectorRun.restore(file, data.toAbsolutePath());
        PrintWriter out = spec.commandLine().getOut();
        out.println(data + ": restored, " + files + " files; torimono collector starts it");
        out.flush();
        return ExitCode.OK;
    }
}
