// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.config.ConfigLoader;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Every configuration key and what it is set to. */
@Command(
        name = "config",
        description = {
            "Print every configuration key with the value in force, its meaning and its variable.",
            "What it prints is a configuration file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono config > torimono.yaml",
            "  torimono config --falco-config /etc/falco/falco.yaml"
        })
final class ConfigCommand implements Callable<Integer> {
    @Mixin private ConfigOptions options = new ConfigOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ConfigLoader loader = options.loader(System.getenv());
        // Refuses what cannot be in force.
        loader.load();
        PrintWriter err = spec.commandLine().getErr();
        loader.warnings().forEach(err::println);
        PrintWriter out = spec.commandLine().getOut();
        for (ConfigLoader.Setting setting : loader.settings()) {
            out.println("# " + setting.meaning() + " (" + setting.variable() + ")");
            out.println(setting.key() + ": " + setting.yaml());
        }
        out.flush();
        return ExitCode.OK;
    }
}
