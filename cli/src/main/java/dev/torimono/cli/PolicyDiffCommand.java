// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.policy.PolicyFolder;
import dev.torimono.agent.policy.Policybook;
import dev.torimono.response.policy.PolicyFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What applying files would change. */
@Command(
        name = "diff",
        description =
                "Show what applying these files would change, and whether it would be accepted.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing changes", "1:something does", "2:the files cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = "  torimono policy diff my-policies.yaml --to /etc/torimono/policies.d")
final class PolicyDiffCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ConfigOptions options = new ConfigOptions();
    @Mixin private FleetOptions fleet = new FleetOptions();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Policies files and folders.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Folder of policies; default: the first configured one.")
    private @Nullable Path to;

    @Override
    public Integer call() {
        String diff =
                fleet.isMeant()
                        ? fleet.policies().plan(files).diff()
                        : plan(new PolicyArguments(options.load()), files, to).diff();
        PrintWriter out = spec.commandLine().getOut();
        out.print(diff.isEmpty() ? "nothing changes\n" : diff);
        out.flush();
        return diff.isEmpty() ? ExitCode.OK : ExitCode.FOUND;
    }

    /**
     * A change that was found good.
     *
     * @param changed the files to be written
     * @param diff what changes, for people
     */
    record Plan(List<PolicyFile> changed, String diff) {}

    /** Everything there would be is loaded before anything is changed. */
    static Plan plan(PolicyArguments arguments, List<String> files, @Nullable Path to) {
        Path folder = to == null ? arguments.folder() : to;
        List<PolicyFile> now = Files.isDirectory(folder) ? Policybook.read(folder) : List.of();
        List<PolicyFile> after = PolicyFolder.after(folder, now, PolicyArguments.read(files));
        arguments.book().load(after, arguments.rules());
        List<PolicyFile> changed = after.stream().filter(file -> !now.contains(file)).toList();
        return new Plan(changed, PolicyFolder.diff(now, after));
    }
}
