// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.Ruleset;
import dev.torimono.rules.check.RuleTestFile;
import dev.torimono.rules.report.TestReport;
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

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Ruleset ruleset = RuleArguments.ruleset(files, spec.commandLine().getErr());
        TestReport report = new TestReport();
        for (Path file : tests) {
            read(file).run(ruleset).forEach(report::add);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.json() + "\n" : report.text());
        out.flush();
        return report.allPassed() ? ExitCode.OK : ExitCode.FOUND;
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
