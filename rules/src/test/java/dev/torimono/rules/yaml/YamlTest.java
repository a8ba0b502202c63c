// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

class YamlTest {
    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    @Test
    void textIsReadAsItIs() {
        assertThat(Yaml.load(SETTINGS, "a: [1, \"\\x41\"]\nb: yes\n"))
                .isEqualTo(Map.of("a", List.of(1, "A"), "b", "yes"));
        assertThat(Yaml.load(SETTINGS, "")).isNull();
        assertThat(Yaml.node(SETTINGS, "# nothing")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: \"\\x\"", "a: \"\\xG1\"", "a: \"\\Uffffffff\"", "a: \"\\u12\""})
    void escapeWithoutAValidNumberIsAFaultWithAPlace(String text) {
        assertThatThrownBy(() -> Yaml.node(SETTINGS, text)).isInstanceOf(YamlEngineException.class);
        assertThatThrownBy(() -> Yaml.load(SETTINGS, text))
                .isInstanceOfSatisfying(
                        MarkedYamlEngineException.class,
                        e -> assertThat(e.getProblemMark()).isPresent());
    }

    @Test
    void textThatNestsTooDeepIsAFault() {
        String deep = "[".repeat(200_000);
        assertThatThrownBy(() -> Yaml.load(SETTINGS, deep)).isInstanceOf(YamlEngineException.class);
    }
}
