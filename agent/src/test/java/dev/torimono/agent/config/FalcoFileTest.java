// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

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

class FalcoFileTest {
    @TempDir private Path folder;

    private ConfigLoader load(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("falco.yaml"), yaml);
        return new ConfigLoader(Map.of()).falcoFile(file);
    }

    @Test
    void outputKeysAreUnderstood() throws IOException {
        ConfigLoader loader =
                load(
                        """
                        rules_files: [/etc/falco/falco_rules.yaml, /etc/falco/rules.d]
                        rules:
                          - disable: {rule: "*"}
                          - enable: {tag: network}
                        rule_matching: all
                        priority: notice
                        json_output: true
                        json_include_output_property: false
                        json_include_message_property: true
                        json_include_tags_property: false
                        json_include_output_fields_property: false
                        time_format_iso_8601: true
                        watch_config_files: false
                        outputs_queue: {capacity: 17}
                        stdout_output: {enabled: false}
                        syslog_output: {enabled: true}
                        file_output: {enabled: true, keep_alive: false, filename: ./events.txt}
                        program_output: {enabled: true, keep_alive: true, program: "jq ."}
                        http_output:
                          enabled: true
                          url: http://sidekick:2801/
                          user_agent: falcosecurity/falco
                          insecure: true
                          echo: true
                          compress_uploads: true
                          mtls: false
                          client_cert: /etc/ssl/certs/client.crt
                          client_key: /etc/ssl/certs/client.key
                        """);
        AgentConfig config = loader.load();
        assertThat(config.rules().files())
                .containsExactly("/etc/falco/falco_rules.yaml", "/etc/falco/rules.d");
        assertThat(config.rules().selection())
                .isEqualTo(Selection.DEFAULT.disableNamed("*").enableTagged("network"));
        assertThat(config.rules().matching()).isEqualTo(MatchStrategy.ALL);
        assertThat(config.rules().minimumPriority()).isEqualTo(Priority.NOTICE);
        assertThat(config.rules().reload()).isFalse();
        assertThat(config.alerts().json()).isTrue();
        assertThat(config.alerts().shape().isoTime()).isTrue();
        assertThat(config.alerts().shape().outputProperty()).isFalse();
        assertThat(config.alerts().shape().messageProperty()).isTrue();
        assertThat(config.alerts().shape().tagsProperty()).isFalse();
        assertThat(config.alerts().shape().fieldsProperty()).isFalse();
        AgentConfig.Outputs outputs = config.outputs();
        assertThat(outputs.queueCapacity()).isEqualTo(17);
        assertThat(outputs.stdout()).isFalse();
        assertThat(outputs.syslog()).isNotNull();
        assertThat(outputs.file()).isNotNull();
        assertThat(outputs.file().path()).isEqualTo(Path.of("./events.txt"));
        assertThat(outputs.program()).isEqualTo(new AgentConfig.Program("jq .", true, 10_000));
        assertThat(outputs.http()).isNotNull();
        assertThat(outputs.http().userAgent()).isEqualTo("falcosecurity/falco");
        assertThat(outputs.http().insecure()).isTrue();
        assertThat(outputs.http().echo()).isTrue();
        assertThat(outputs.http().compress()).isTrue();
        assertThat(outputs.http().clientCertificate()).isNull();
    }

    @Test
    void clientCertificateCountsOnlyWithMutualTls() throws IOException {
        AgentConfig config =
                load("http_output: {enabled: true, mtls: true, client_cert: /c, client_key: /k}")
                        .load();
        assertThat(config.outputs().http()).isNotNull();
        assertThat(config.outputs().http().clientCertificate()).isEqualTo(Path.of("/c"));
    }

    @Test
    void appendOutputDecidesAboutContainerFields() throws IOException {
        assertThat(load("json_output: true").load().rules().extraOutputs()).hasSize(1);
        assertThat(
                        load("append_output: [{match: {rule: R}, extra_output: 'a=%evt.num'}]")
                                .load()
                                .rules()
                                .extraOutputs())
                .containsExactly(new ExtraOutput("a=%evt.num", "", Set.of(), "R"));
        assertThat(load("append_output: [{suggested_output: true}]").load().rules().extraOutputs())
                .containsExactly(
                        new ExtraOutput(RuleKinds.SUGGESTED_OUTPUT, "syscall", Set.of(), ""));
    }

    @Test
    void whatIsNotUsedIsNamedOnce() throws IOException {
        ConfigLoader loader =
                load(
                        """
                        engine: {kind: modern_ebpf, modern_ebpf: {cpus_for_each_buffer: 2}}
                        webserver: {enabled: true}
                        outputs_queue: {capacity: 0}
                        json_outputt: true
                        """);
        assertThat(loader.load().outputs().queueCapacity()).isEqualTo(4096);
        assertThat(loader.warnings())
                .hasSize(3)
                .anySatisfy(w -> assertThat(w).contains("an unbounded queue is not offered"))
                .anySatisfy(
                        w ->
                                assertThat(w)
                                        .contains("falco.yaml:4:1: json_outputt is ignored")
                                        .contains("did you mean json_output?"))
                .anySatisfy(
                        w -> assertThat(w).endsWith("not used by this agent: engine, webserver"));
    }

    @Test
    void emptyRulesListMeansTheDefault() throws IOException {
        assertThat(load("rules_files:\n").load().rules().files())
                .isEqualTo(List.of("shipped", "/etc/torimono/rules.d"));
    }
}
