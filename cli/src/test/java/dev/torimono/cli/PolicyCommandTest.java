// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {
    private static final String SHELL =
            """
            policies:
              # why
              - name: Shells
                rules: [Terminal shell in container]
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path inForce;
    private String config;

    @BeforeEach
    void configuration() throws IOException {
        inForce = Files.createDirectory(folder.resolve("policies.d"));
        config =
                file(
                        "torimono.yaml",
                        """
                        rules.files: [shipped]
                        policies.files: [%s]
                        journal.file: %s
                        """
                                .formatted(inForce, folder.resolve("journal.jsonl")));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--config";
        all[args.length + 1] = config;
        return Torimono.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    @Test
    void checkTellsGoodFromBadWithItsPlace() throws IOException {
        assertThat(run("policy", "check", file("good.yaml", SHELL))).isZero();
        assertThat(out.toString()).isEqualTo("1 policy, 0 errors, 0 warnings\n");

        String bad = file("bad.yaml", SHELL.replace("Terminal shell", "Terminal shel"));
        assertThat(run("policy", "check", bad)).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString())
                .contains("bad.yaml:4:13: there is no rule \"Terminal shel in container\"")
                .contains("Terminal shell in container")
                .endsWith("1 error\n");
    }

    @Test
    void applyShowsAndPutsThereWhatDiffAnnounced() throws IOException {
        String mine = file("mine.yaml", SHELL);
        assertThat(run("policy", "diff", mine)).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).startsWith("new      " + inForce.resolve("mine.yaml"));
        assertThat(run("policy", "apply", "--dry-run", mine)).isZero();
        assertThat(inForce).isEmptyDirectory();

        assertThat(run("policy", "apply", mine)).isZero();
        assertThat(inForce.resolve("mine.yaml")).hasContent(SHELL);
        assertThat(run("policy", "diff", mine)).isZero();
        assertThat(out.toString()).isEqualTo("nothing changes\n");
        assertThat(run("policy", "export")).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        "policies:\n  - name: Shells\n    rules: [Terminal shell in container]\n");
    }

    @Test
    void whatDoesNotLoadTogetherIsNotApplied() throws IOException {
        Files.writeString(inForce.resolve("other.yaml"), SHELL);
        assertThat(run("policy", "apply", file("mine.yaml", SHELL))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("policy \"Shells\" exists already, at ");
        assertThat(inForce.resolve("mine.yaml")).doesNotExist();
    }

    @Test
    void whatIfAndExceptionsSayWhatIsMissing() {
        assertThat(run("policy", "what-if", "Runtime Notable Events")).isZero();
        assertThat(out.toString()).contains("findings recorded  0: the journal is empty");
        assertThat(run("policy", "what-if", "No such")).isEqualTo(ExitCode.USAGE);
        assertThat(run("policy", "what-if", "Container Drift", "--since", "soon"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("there is no policy \"No such\"; there are Runtime Threat Detection")
                .contains("--since soon: must be such as 90s, 30m, 1h or 7d");
        assertThat(run("exception", "add", "--from", "x", "--reason", "r", "--owner", "o"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--from x: the journal has no such alert");
    }

    /** What drift is called in alerts is no rule that an exception could name. */
    @Test
    void exceptionOfAnAlertOfDriftIsWrittenAndLoads() throws IOException {
        Path policies =
                Files.writeString(
                        inForce.resolve("drift.yaml"),
                        """
                        policies:
                          - name: Drift
                            type: drift
                            actions: {prevent: true}
                        """);
        file(
                "journal.jsonl",
                """
                {"alert":{"id":"a1","rule":"Container drift","policies":[{"name":"Drift"}],\
                "output_fields":{"proc.name":"x","proc.exepath":"/tmp/x"}},\
                "container":{"full_id":"ab","name":"shop","image_repository":"shop"},\
                "time_ns":1790000000000000000}
                """);
        String[] add = {
            "exception", "add", "--from", "a1", "--reason", "r", "--owner", "o", "--write"
        };
        assertThat(run(add)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("+        when: \"proc.name = x and proc.exepath = /tmp/x\"")
                .contains("written  " + policies);
        assertThat(policies).content().doesNotContain("rules:");
        assertThat(run("policy", "check", policies.toString())).isZero();
    }

    @Test
    void askingNobodySaysSo() {
        String socket = folder.resolve("none.sock").toString();
        assertThat(run("respond", "status", "--socket", socket)).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err.toString()).contains("none.sock: no agent answers: ");
    }
}
