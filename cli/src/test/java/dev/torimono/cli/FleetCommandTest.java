// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.Collector;
import dev.torimono.collector.CollectorConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that speak to a collector, and a collector. */
final class FleetCommandTest {
    private static final String POLICIES =
            """
            policies:
              - name: Shells
                description: no shells here
                severity: 2
                scope: container.name = test
                rules:
                  - Terminal shell in container
                  - {name: Execution from /dev/shm, enabled: false}
                actions: {kill_process: tree, capture: {before: 5, after: 10}}
                limits: {kills_per_minute: 7}
              - name: Drifted
                type: drift
                drift: {volumes: true, exceptions: [/opt/app/]}
                actions: {prevent: true}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir private Path folder;
    private Collector collector;

    @BeforeEach
    void begin() {
        collector = start(folder.resolve("data"));
    }

    @AfterEach
    void end() {
        collector.close();
    }

    private static Collector start(Path data) {
        return Collector.start(
                new CollectorConfig(
                        "127.0.0.1",
                        0,
                        data,
                        List.of(),
                        null,
                        null,
                        30,
                        1L << 30,
                        0,
                        CollectorConfig.Mail.NONE));
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Torimono.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void policiesAreAppliedComparedShownExportedAndDeleted() throws IOException {
        String file = file("p.yaml", POLICIES);
        assertThat(run("policy", "diff", file, "--fleet", "--data", data())).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("+ Shells\n+ Drifted\n");
        assertThat(run("policy", "apply", file, "--fleet", "--data", data(), "--dry-run")).isZero();
        assertThat(run("policy", "diff", file, "--fleet", "--data", data())).isEqualTo(1);
        assertThat(run("policy", "apply", file, "--fleet", "--data", data()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).endsWith("applied  Shells\napplied  Drifted\n");
        assertThat(run("policy", "diff", file, "--fleet", "--data", data()))
                .as(out.toString())
                .isZero();
        String other = file("q.yaml", POLICIES.replace("severity: 2", "severity: 4"));
        assertThat(run("policy", "diff", other, "--fleet", "--data", data())).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("~ Shells\n    severity: 2 → 4\n");
        run("policy", "apply", other, "--fleet", "--data", data());
        assertThat(run("policy", "list", "--fleet", "--data", data())).isZero();
        assertThat(out.toString()).contains("kill_process,capture", "Drifted", "drift");
        assertThat(out.toString()).containsPattern("Shells +workload +4 medium +");
        assertThat(out.toString()).containsPattern("Container Drift \\* +drift +");
        assertThat(run("policy", "get", "Shells", "--data", data())).isZero();
        assertThat(out.toString()).contains("\"severity\" : 4", "\"tree\" : true");
        assertThat(run("policy", "export", "--fleet", "--data", data())).isZero();
        String exported = file("exported.yaml", out.toString());
        assertThat(out.toString())
                .contains(
                        "\"kill_process\":\"tree\"", "\"kills_per_minute\":7", "\"volumes\":true");
        // What is exported is a policies file like any other, and changes nothing.
        assertThat(run("policy", "diff", exported, "--fleet", "--data", data()))
                .as(out.toString() + err)
                .isZero();
        assertThat(run("policy", "delete", "Shells", "--data", data())).isZero();
        assertThat(run("policy", "get", "Shells", "--data", data())).isEqualTo(2);
        assertThat(err.toString()).contains("the collector has no policy \"Shells\"");
    }

    @Test
    void whatTheCollectorRefusesIsToldAndWhatItHasNoWordForIsNotApplied() throws IOException {
        String rule =
                file("r.yaml", "policies: [{name: X, description: d, rules: [No such rule]}]");
        assertThat(run("policy", "apply", rule, "--fleet", "--data", data())).isNotZero();
        assertThat(err.toString()).contains("No such rule");
        String[][] bad = {
            {"policies: [{name: X, copy_of: Y}]", "copy_of: the collector knows no such key"},
            {"policies: [{name: X, rules: [], actions: {explode: true}}]", "actions: explode"},
            {"policies: [{name: X, notify: [nobody]}]", "no notification channel \"nobody\""},
            {"managed: []", "managed:"},
            {"policies: {", "r.yaml"},
            {"policies: [{name: X}, {name: X}]", "line 1: X is there twice"},
        };
        for (String[] each : bad) {
            String file = file("r.yaml", each[0]);
            assertThat(run("policy", "apply", file, "--fleet", "--data", data()))
                    .as(each[0])
                    .isNotZero();
            assertThat(err.toString()).contains(each[1]);
        }
        assertThat(run("policy", "list", "--fleet", "--data", data())).isZero();
        assertThat(out.toString()).doesNotContain("X ");
    }

    @Test
    void aBackupIsWrittenWhileItRunsOrNotAndRestoredElsewhere() throws IOException {
        String file = file("p.yaml", POLICIES);
        run("policy", "apply", file, "--fleet", "--data", data());
        String online = folder.resolve("online.zip").toString();
        assertThat(run("collector", "backup", online, "--data", data()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("0 events");
        collector.close();
        String offline = folder.resolve("offline.zip").toString();
        assertThat(run("collector", "backup", offline, "--data", data())).isZero();
        assertThat(out.toString()).contains("no collector runs");
        for (String backup : List.of(online, offline)) {
            Path to = folder.resolve(Path.of(backup).getFileName() + ".d");
            assertThat(run("collector", "restore", backup, "--data", to.toString())).isZero();
            assertThat(run("collector", "restore", backup, "--data", to.toString())).isEqualTo(3);
            assertThat(err.toString()).contains("is not empty");
            try (Collector _ = start(to)) {
                assertThat(run("policy", "list", "--fleet", "--data", to.toString())).isZero();
                assertThat(out.toString()).contains("Shells", "Drifted");
            }
        }
    }
}
