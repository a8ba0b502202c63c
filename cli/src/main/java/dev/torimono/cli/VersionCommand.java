// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.rules.LoadOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Which program this is. */
@Command(
        name = "version",
        description = "Print the versions of torimono, of the rule language and of the JVM.",
        footerHeading = "%nExample:%n",
        footer = "  torimono version")
final class VersionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (String line : lines()) {
            out.println(line);
        }
        out.flush();
        return ExitCode.OK;
    }

    static String[] lines() {
        return new String[] {
            "torimono " + version(),
            "rule language: Falco engine " + LoadOptions.ENGINE_VERSION,
            "java " + Runtime.version()
        };
    }

    private static String version() {
        return VersionCommand.class.getModule().getDescriptor().rawVersion().orElse("unknown");
    }
}
