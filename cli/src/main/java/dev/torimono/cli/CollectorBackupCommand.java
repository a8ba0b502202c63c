// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Everything a collector keeps, in one file. */
@Command(
        name = "backup",
        description = {
            "Write everything that the collector of this machine keeps into one file, while it runs.",
            "The file holds its key and certificate too: keep it as secret as they are."
        },
        footerHeading = "%nExample:%n",
        footer = "  torimono collector backup /srv/backup/torimono-2026-11-26.zip")
final class CollectorBackupCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CollectorOptions collector = new CollectorOptions();

    @Parameters(paramLabel = "FILE", description = "Where to; replaced when it is there.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        String said = CollectorRun.backup(collector, file.toAbsolutePath());
        PrintWriter out = spec.commandLine().getOut();
        out.println(file + ": " + said);
        out.flush();
        return ExitCode.OK;
    }
}
