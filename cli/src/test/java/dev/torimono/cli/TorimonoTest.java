// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TorimonoTest {
    private static final String RULE =
            "- {rule: %s, desc: d, condition: evt.type = %s, output: o, priority: INFO}\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    private int run(String... args) {
        return Torimono.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void everyCommandHasHelpAndAnExample() {
        everyCommand(Torimono.commandLine());
    }

    private static void everyCommand(CommandLine line) {
        line.getSubcommands()
                .forEach(
                        (name, command) -> {
                            if (isOurs(command)) {
                                assertThat(command.getUsageMessage())
                                        .as(name)
                                        .contains("--help")
                                        .contains("Example");
                            }
                            everyCommand(command);
                        });
    }

    private static boolean isOurs(CommandLine command) {
        Object object = command.getCommandSpec().userObject();
        return object.getClass().getPackageName().startsWith("dev.torimono")
                && !command.getCommandSpec().usageMessage().hidden();
    }

    @Test
    void helpIsNoError() {
        assertThat(run("agent", "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("one alert a line");
    }

    @Test
    void mistypedCommandIsUnderstood() {
        assertThat(run("agnet")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Did you mean").contains("agent");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void noCommandIsAQuestion() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("which command?");
        assertThat(run("rules")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void mistypedKeyIsUnderstood() {
        assertThat(run("config", "--set", "alerts.jsn=true")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .isEqualTo("torimono: --set: unknown key alerts.jsn; did you mean alerts.json?\n");
    }

    @Test
    void policiesThatAreNotThereAreNamed() {
        assertThat(run("agent", "--policies", "p.yaml")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .isEqualTo("torimono: policies: p.yaml: no such file or folder\n");
    }

    @Test
    void configPrintsAFileThatItReads() throws IOException {
        assertThat(run("config", "--set", "agent.hostname=box")).isZero();
        String printed = out.toString();
        assertThat(printed).contains("(TORIMONO_AGENT_HOSTNAME)\nagent.hostname: box\n");
        String file = file("t.yaml", printed);
        assertThat(run("config", "--config", file)).isZero();
        assertThat(out.toString()).isEqualTo(printed + printed);
    }

    @Test
    void checkTellsGoodFromBad() throws IOException {
        assertThat(run("rules", "check", file("good.yaml", RULE.formatted("a", "execve"))))
                .isZero();
        assertThat(out.toString()).isEqualTo("1 rule, 0 errors, 0 warnings\n");
        String bad = file("bad.yaml", RULE.formatted("a", "exceve"));
        assertThat(run("rules", "check", bad)).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains(bad + ":1:");
    }

    @Test
    void checkOfAnAbsentFileNamesIt() {
        assertThat(run("rules", "check", "/absent.yaml")).isEqualTo(ExitCode.FOUND);
        assertThat(err.toString())
                .isEqualTo("torimono: /absent.yaml: no such rules file or folder\n");
    }

    @Test
    void checkOfAFolderWithoutRulesIsNoSuccess() {
        assertThat(run("rules", "check", folder.toString())).isEqualTo(ExitCode.FOUND);
        assertThat(err.toString()).contains("no *.yaml in this folder");
    }

    @Test
    void shippedRulesAreListedAndExplained() {
        assertThat(run("rules", "list")).isZero();
        assertThat(out.toString()).contains("Terminal shell in container");
        assertThat(run("rules", "explain", "Terminal shell in container")).isZero();
        assertThat(out.toString()).contains("event types: execve, execveat");
        assertThat(run("rules", "explain", "Terminal shell in contaner")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("did you mean Terminal shell in container?");
    }

    @Test
    void aCollectorThatDoesNotAnswerIsNamed() throws IOException {
        String token = file("token", "t");
        assertThat(run("agents", "--collector", "https://127.0.0.1:1", "--token-file", token))
                .isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err.toString())
                .isEqualTo(
                        "torimono: https://127.0.0.1:1: no collector answers there; does it run?\n");
    }

    @Test
    void fieldsAreFoundByNameAndMeaning() {
        assertThat(run("rules", "fields", "proc.cmdline")).isZero();
        assertThat(out.toString().lines().toList())
                .anySatisfy(line -> assertThat(line).startsWith("proc.cmdline "));
        assertThat(run("rules", "fields", "--json", "proc.cmdline")).isZero();
        assertThat(out.toString()).contains("{\"name\":\"proc.cmdline\"");
    }

    @Test
    void diffTellsByItsExitCode() throws IOException {
        String one = file("1.yaml", RULE.formatted("a", "execve"));
        String two = file("2.yaml", RULE.formatted("b", "execve"));
        assertThat(run("rules", "diff", one, one)).isZero();
        assertThat(run("rules", "diff", one, one + "," + two)).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains("+ b");
    }

    @Test
    void rulesAreTestedOnDescribedEvents() throws IOException {
        String rules = file("r.yaml", RULE.formatted("a", "execve"));
        String test =
                file(
                        "t.yaml",
                        """
                        - test: an exec is found
                          process: {name: cat}
                          events: [{evt.type: execve}]
                          findings: [a]
                        - test: an open is not
                          process: {name: cat}
                          events: [{evt.type: openat, params: {name: /x}}]
                          findings: [a]
                        """);
        assertThat(run("rules", "test", test, "--rules", rules)).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString())
                .contains("failed: an open is not")
                .endsWith("1 passed, 1 failed\n");
    }

    @Test
    void replayOfSomethingElseIsRefused() throws IOException {
        String text = file("x.scap", "this is no capture");
        assertThat(run("replay", text)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("x.scap").doesNotContain("\tat ");
    }

    @Test
    void versionNamesTheLanguageToo() {
        assertThat(run("version")).isZero();
        assertThat(out.toString().lines().map(line -> line.split(" ")[0]).toList())
                .isEqualTo(List.of("torimono", "rule", "java"));
        String told = out.toString();
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).isEqualTo(told + told);
    }
}
