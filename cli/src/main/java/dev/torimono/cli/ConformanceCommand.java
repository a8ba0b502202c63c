// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.conformance.ConformanceRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the engine against cases with known results. */
@Command(
        name = "conformance",
        description = "Run every cases-*.json of a folder against the engine; print what differs.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every case passed", "1:some did not"},
        footerHeading = "%nExample:%n",
        footer = "  torimono conformance cases/")
final class ConformanceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "Where the cases lie.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() {
        try {
            return new ConformanceRun(System.out).run(folder) ? ExitCode.OK : ExitCode.FOUND;
        } catch (IOException e) {
            throw new AgentException(AgentException.Reason.CONFIG, Reasons.of(e), e);
        }
    }
}
