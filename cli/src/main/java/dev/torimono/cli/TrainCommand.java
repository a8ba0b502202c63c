// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Loads what a start loads, so that the JVM can remember it (its ahead-of-time cache). */
@Command(
        name = "train-start",
        hidden = true,
        description = "Go through a start and end, for the JVM to record.")
final class TrainCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return ExitCode.OK;
    }
}
