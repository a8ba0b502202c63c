// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.Ruleset;
import dev.torimono.rules.check.RuleTest;
import dev.torimono.rules.check.RuleTestFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rules on described events. */
@Command(
        name = "test",
        description =
                "Evaluate rules on events described in test files; needs no kernel and no root.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every test passed", "1:some did not"},
        footerHeading = "%nExample:%n",
        footer = "  torimono rules test my-test.yaml --rules shipped --rules my.yaml")
final class RulesTestCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "TEST", arity = "1..*", description = "Test files.")
    private List<Path> tests = new ArrayList<>();

    @Option(
            names = {"-r", "--rules"},
            paramLabel = "FILE",
            description = "The rules, as in rules check; repeatable.")
    private List<String> files = new ArrayList<>();

    @Override
    public Integer call() {
        Ruleset ruleset = RuleArguments.ruleset(files, spec.commandLine().getErr());
        PrintWriter out = spec.commandLine().getOut();
        int passed = 0;
        int failed = 0;
        for (Path file : tests) {
            for (RuleTest.Result result : read(file).run(ruleset)) {
                if (result.passed()) {
                    passed++;
                } else {
                    failed++;
                    out.println(result.position() + ": failed: " + result.test());
                    result.differences().forEach(each -> out.println("  " + each));
                }
            }
        }
        out.println(passed + " passed, " + failed + " failed");
        out.flush();
        return failed == 0 ? ExitCode.OK : ExitCode.FOUND;
    }

    private static RuleTestFile read(Path file) {
        try {
            return RuleTestFile.read(RuleFile.read(file));
        } catch (RuleException e) {
            throw new AgentException(AgentException.Reason.RULES, e.getMessage(), e);
        } catch (IOException e) {
            throw new AgentException(
                    AgentException.Reason.CONFIG, file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
