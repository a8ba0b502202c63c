// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void everyNameAndDefaultIsPinned() throws IOException {
        String actual =
                Keys.all().stream()
                        .map(key -> (key.name() + " = " + key.shown()).strip())
                        .collect(Collectors.joining("\n", "", "\n"));
        assertThat(actual).isEqualTo(resource("keys.txt"));
    }

    @Test
    void namesAreLowerDashDotted() {
        assertThat(Keys.all())
                .allSatisfy(key -> assertThat(key.name()).matches("[a-z]+(\\.[a-z0-9-]+)+"));
    }

    @Test
    void noTwoKeysShareANameOrAVariable() {
        assertThat(Keys.all()).extracting(Key::name).doesNotHaveDuplicates();
        assertThat(Keys.all()).extracting(Key::variable).doesNotHaveDuplicates();
    }

    @Test
    void shownDefaultsReadBackAsTheDefaults() {
        ConfigLoader loader = new ConfigLoader(Map.of());
        for (Key<?> key : Keys.all()) {
            if (!key.shown().isEmpty()) {
                loader.set(key.name(), key.shown(), "test");
            }
        }
        assertThat(loader.load()).isEqualTo(new ConfigLoader(Map.of()).load());
    }

    @Test
    void everyKeyStandsInTheDocumentation() throws IOException {
        String page =
                Files.readString(
                        Path.of(
                                System.getProperty("torimono.root", ".."),
                                "docs/configuration.md"));
        for (Key<?> key : Keys.all()) {
            String shown = key.shown().isEmpty() ? "" : "`" + key.shown() + "`";
            assertThat(page)
                    .contains("| `" + key.name() + "` | " + shown + " | " + key.meaning() + " |");
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = KeysTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
