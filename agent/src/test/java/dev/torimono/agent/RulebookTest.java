// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.rules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulebookTest {
    private final Logs logs = new Logs();

    @TempDir private Path folder;

    private static String rule(String name) {
        return "- {rule: %s, desc: d, condition: evt.type = execve, output: o, priority: INFO}\n"
                .formatted(name);
    }

    private static Rulebook of(String... files) {
        return new Rulebook(
                new ConfigLoader(Map.of())
                        .setList("rules.files", List.of(files), "test")
                        .load()
                        .rules());
    }

    private static List<String> names(Rulebook rulebook) {
        return rulebook.load().ruleset().rules().stream().map(Rule::name).toList();
    }

    @Test
    void shippedRulesLoadWithoutAWord() {
        assertThat(of("shipped").load().report().text()).endsWith("0 errors, 0 warnings\n");
    }

    @Test
    void filesAndFoldersLoadInOrder() throws IOException {
        Files.createDirectory(folder.resolve("d"));
        Files.writeString(folder.resolve("d/2.yaml"), rule("two"));
        Files.writeString(folder.resolve("d/1.yml"), rule("one"));
        Files.writeString(folder.resolve("d/0.yaml~"), "broken: [");
        Files.writeString(folder.resolve("d/.#3.yaml"), "broken: [");
        Files.writeString(folder.resolve("last.yaml"), rule("last"));
        assertThat(names(of(folder.resolve("d").toString(), folder + "/last.yaml")))
                .containsExactly("one", "two", "last");
    }

    @Test
    void absentFileIsAnErrorUnlessItIsTheDefaultFolder() {
        assertThatThrownBy(() -> of(folder + "/absent.yaml").load())
                .hasMessage(folder + "/absent.yaml: no such rules file or folder");
        assertThat(of("/etc/torimono/rules.d").load().report().ok()).isTrue();
    }

    @Test
    void startGoesOnWithWhatIsGood() throws IOException {
        Path file = folder.resolve("r.yaml");
        Files.writeString(file, rule("good") + rule("bad").replace("evt.type", "evt.tpye"));
        assertThat(of(file.toString()).start().tell(logs.log()).rules())
                .extracting(Rule::name)
                .containsExactly("good");
        assertThat(logs.text())
                .contains(file + ":2:", "evt.tpye", "loaded: 1, of which in force: 1");
    }

    @Test
    void startEndsWhenNothingIsGood() throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), "- rule: [\n");
        assertThatThrownBy(() -> of(file.toString()).start().tell(logs.log()))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.reason()).isEqualTo(AgentException.Reason.RULES));
        assertThat(logs.text()).contains("error rules: some are left out:", file.toString());
    }

    @Test
    void rulesThatWaitForWhatNobodyTellsAreNamed() throws IOException {
        Path file = folder.resolve("r.yaml");
        String waits =
                rule("waits").replace("evt.type = execve", "evt.type = write or evt.type = pwrite");
        Files.writeString(file, rule("good") + waits);
        of(file.toString()).start().tellLive(logs.log());
        assertThat(logs.text())
                .contains("waits: never fires on a live machine", "pwrite, write")
                .doesNotContain("good:");
    }

    @Test
    void noShippedRuleWaitsForWhatNobodyTells() {
        of("shipped").start().tellLive(logs.log());
        assertThat(logs.text()).doesNotContain("never fires");
    }
}
