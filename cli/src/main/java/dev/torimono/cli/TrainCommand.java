// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.Rehearsal;
import dev.torimono.agent.config.ConfigLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Loads what a start loads, so that the JVM can remember it (its ahead-of-time cache). */
@Command(
        name = "train-start",
        hidden = true,
        description = "Go through a start and an end, for the JVM to record.")
final class TrainCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        // The commands' own classes, too: most of them do what this one does.
        Torimono.commandLine()
                .setOut(new PrintWriter(Writer.nullWriter()))
                .execute("rules", "check", "--json");
        boolean kernel = new Rehearsal(new ConfigLoader(Map.of()).load()).run();
        System.err.println("torimono: rehearsed " + (kernel ? "with" : "without") + " the kernel");
        boolean sidecar = SidecarRehearsal.run(SidecarRehearsal.ROUNDS, SidecarRehearsal.MOST);
        System.err.println("torimono: rehearsed " + (sidecar ? "a" : "no") + " sidecar");
        return ExitCode.OK;
    }
}
