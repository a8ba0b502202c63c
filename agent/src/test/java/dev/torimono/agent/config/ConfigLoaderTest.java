// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.agent.Log;
import dev.torimono.agent.output.SyslogAddress;
import dev.torimono.agent.output.SyslogMessage;
import dev.torimono.model.Priority;
import dev.torimono.rules.LoadOptions.ExtraOutput;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir private Path folder;

    private Path write(String name, String yaml) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(file, yaml);
    }

    private static ConfigLoader loader() {
        return new ConfigLoader(Map.of());
    }

    @Test
    void laterSourcesReplaceEarlierOnes() throws IOException {
        Path file = write("t.yaml", "agent: {stats-seconds: 1, drain-seconds: 1, hostname: a}\n");
        write("t.d/20.yaml", "agent.stats-seconds: 3\n");
        write("t.d/10.yaml", "agent: {stats-seconds: 2, drain-seconds: 2}\n");
        AgentConfig config =
                new ConfigLoader(Map.of("TORIMONO_AGENT_DRAIN_SECONDS", "4"))
                        .files(file)
                        .variables()
                        .assignment("agent.log-level=debug")
                        .load();
        assertThat(config.run().hostname()).isEqualTo("a");
        assertThat(config.run().statsSeconds()).isEqualTo(3);
        assertThat(config.run().drainMs()).isEqualTo(4000);
        assertThat(config.run().logLevel()).isEqualTo(Log.Level.DEBUG);
    }

    @Test
    void wholeFolderIsReadByName() throws IOException {
        write("c/1.yaml", "agent: {hostname: a, stats-seconds: 5}\n");
        write("c/2.yml", "agent: {hostname: b}\n");
        write("c/readme.txt", "no: yaml\n");
        AgentConfig config = loader().files(folder.resolve("c")).load();
        assertThat(config.run().hostname()).isEqualTo("b");
        assertThat(config.run().statsSeconds()).isEqualTo(5);
    }

    @Test
    void valuesOfEveryKindAreRead() throws IOException {
        Path file =
                write(
                        "t.yaml",
                        """
                        tags: "team:blue,zone:b"
                        rules:
                          files: [shipped, /etc/my rules]
                          matching: all
                          minimum-priority: Info
                          selection:
                            - disable: {rule: "*"}
                            - enable tag network
                          suggested-output: false
                          extra-outputs:
                            - match: {source: syscall, tags: [a, b], rule: R}
                              extra_output: "x=%evt.num"
                        outputs:
                          file: {enabled: yes, path: /tmp/a.log, max-bytes: 10MiB}
                          http:
                            enabled: true
                            url: https://h.example/x
                            headers: {Authorization: "Bearer t"}
                          syslog: {enabled: on, address: "udp://h:1514", format: rfc5424,
                                   facility: local3}
                          program: {enabled: true, command: "cat -n"}
                        """);
        AgentConfig config = loader().files(file).load();
        assertThat(config.alerts().shape().agentTags())
                .isEqualTo(Map.of("team", "blue", "zone", "b"));
        assertThat(config.rules())
                .isEqualTo(
                        new AgentConfig.Rules(
                                List.of("shipped", "/etc/my rules"),
                                MatchStrategy.ALL,
                                Priority.INFORMATIONAL,
                                Selection.DEFAULT.disableNamed("*").enableTagged("network"),
                                true,
                                List.of(
                                        new ExtraOutput(
                                                "x=%evt.num", "syscall", Set.of("a", "b"), "R"))));
        AgentConfig.Outputs outputs = config.outputs();
        assertThat(outputs.file())
                .isEqualTo(new AgentConfig.File(Path.of("/tmp/a.log"), 10 << 20, 5));
        assertThat(outputs.http()).isNotNull();
        assertThat(outputs.http().headers()).containsEntry("Authorization", "Bearer t");
        assertThat(outputs.syslog())
                .isEqualTo(
                        new AgentConfig.Syslog(
                                new SyslogAddress.Udp("h", 1514),
                                SyslogMessage.Standard.RFC5424,
                                SyslogMessage.Facility.LOCAL3));
        assertThat(outputs.program()).isEqualTo(new AgentConfig.Program("cat -n", false, 10_000));
    }

    @Test
    void keysOfOtherAgentsMeanTheSameHere() throws IOException {
        Path file =
                write(
                        "t.yaml",
                        """
                        enrich_with_process_lineage: false
                        k8s_cluster_name: prod
                        security: {falco_match_strategy: all, ignore_container_action: true}
                        customerid: 1234
                        """);
        ConfigLoader loader = loader().files(file);
        AgentConfig config = loader.load();
        assertThat(config.alerts().lineage()).isFalse();
        assertThat(config.alerts().shape().cluster()).isEqualTo("prod");
        assertThat(config.rules().matching()).isEqualTo(MatchStrategy.ALL);
        assertThat(config.policies().ignoreContainerActions()).isTrue();
        assertThat(loader.warnings())
                .singleElement()
                .asString()
                .contains("customerid is ignored: it speaks of a backend");
    }

    @Test
    void anEscapeWithoutItsNumberIsShownWithItsPlace() throws IOException {
        Path file = write("t.yaml", "agent:\n  hostname: \"a\\x");
        assertThatThrownBy(() -> loader().files(file).load())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + ":2:")
                .hasMessageContaining("an escape in a quoted text has no valid number");
    }

    @Test
    void unknownKeyIsShownWithItsPlaceAndWhatWasMeant() throws IOException {
        Path file = write("t.yaml", "alerts:\n    jsn: true\n");
        assertThatThrownBy(() -> loader().files(file).load())
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        file
                                + ":2:5: unknown key alerts.jsn; did you mean alerts.json?\n"
                                + "      jsn: true\n"
                                + "      ^");
    }

    @Test
    void badValueIsShownWithItsPlace() throws IOException {
        Path file = write("t.yaml", "outputs: {queue-capacity: many}\n");
        assertThatThrownBy(() -> loader().files(file).load())
                .hasMessage(
                        file
                                + ":1:27: outputs.queue-capacity must be a whole number\n"
                                + "  outputs: {queue-capacity: many}\n"
                                + "                            ^");
    }

    @Test
    void everyComplaintIsReported() throws IOException {
        Path file = write("t.yaml", "rules: {matching: firts}\nnonsense: 1\nnonsense: 2\n");
        assertThatThrownBy(
                        () ->
                                loader().files(file)
                                        .assignment("alerts.json")
                                        .assignment("agent.drain-seconds=301")
                                        .load())
                .hasMessageContaining("did you mean first?")
                .hasMessageContaining("unknown key nonsense")
                .hasMessageContaining("t.yaml:3:1: nonsense is given twice")
                .hasMessageContaining("--set alerts.json: must be key=value")
                .hasMessageContaining("--set: agent.drain-seconds must be from 0 to 300");
    }

    @Test
    void brokenYamlIsShownWithItsPlace() throws IOException {
        Path file = write("t.yaml", "rules:\n  files: [a, b\n");
        assertThatThrownBy(() -> loader().files(file).load())
                .hasMessageContaining("t.yaml:3:1: expected ',' or ']'");
        Path list = write("l.yaml", "- a\n");
        assertThatThrownBy(() -> loader().files(list).load())
                .hasMessageContaining("must be a mapping of keys to values");
    }

    @Test
    void namedFileMustBeThere() {
        Path absent = folder.resolve("absent.yaml");
        assertThatThrownBy(() -> loader().files(absent).load())
                .hasMessage(absent + ": no such file");
    }

    @Test
    void variablesAreExpandedInValues() throws IOException {
        Path file = write("t.yaml", "agent: {hostname: \"${NODE}-x\"}\n");
        AgentConfig config = new ConfigLoader(Map.of("NODE", "n1")).files(file).load();
        assertThat(config.run().hostname()).isEqualTo("n1-x");
        assertThatThrownBy(() -> loader().files(file).load())
                .hasMessage("${NODE}: the environment has no such variable");
    }

    @Test
    void unknownVariableOfOursIsOnlyWarnedOf() {
        ConfigLoader loader =
                new ConfigLoader(
                                Map.of(
                                        "TORIMONO_ALERTS_JSOM", "1",
                                        "TORIMONO_JAVA_OPTS", "-Xmx1g"))
                        .variables();
        assertThat(loader.load().alerts().json()).isFalse();
        assertThat(loader.warnings())
                .containsExactly(
                        "TORIMONO_ALERTS_JSOM: no such setting, ignored;"
                                + " did you mean TORIMONO_ALERTS_JSON?");
    }

    @Test
    void flagsTakeYamlListsAndMappings() {
        AgentConfig config =
                loader().assignment("rules.selection=[{enable: {rule: 'a*'}}]")
                        .assignment("agent.tags={a: b}")
                        .setList("rules.files", List.of("a,b.yaml"), "--rules")
                        .load();
        assertThat(config.rules().selection()).isEqualTo(Selection.DEFAULT.enableNamed("a*"));
        assertThat(config.alerts().shape().agentTags()).isEqualTo(Map.of("a", "b"));
        assertThat(config.rules().files()).containsExactly("a,b.yaml");
    }

    @Test
    void programOutputNeedsACommand() {
        assertThatThrownBy(() -> loader().assignment("outputs.program.enabled=true").load())
                .hasMessageContaining("outputs.program.command: empty");
    }

    @Test
    void whatIsInForceReadsBackAsAFile() throws IOException {
        ConfigLoader given =
                loader().assignment("rules.selection=[{disable: {rule: 'a: *'}}]")
                        .assignment("agent.tags={team: blue, \"odd: key\": \"x#y\"}")
                        .assignment("outputs.program.command=jq -c '.a'")
                        .setList("rules.files", List.of("shipped", "/my rules/a.yaml"), "test");
        StringBuilder yaml = new StringBuilder();
        given.settings().forEach(s -> yaml.append(s.key() + ": " + s.yaml() + "\n"));
        ConfigLoader read = loader().files(write("t.yaml", yaml.toString()));
        assertThat(read.load()).isEqualTo(given.load());
    }
}
