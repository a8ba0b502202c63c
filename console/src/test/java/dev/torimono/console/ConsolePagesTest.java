// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConsolePagesTest {
    @Test
    void theBuildMadePagesAndListsThem() {
        assertThat(ConsolePages.missing()).isEmpty();
        assertThat(ConsolePages.files())
                .contains("index.html")
                .allSatisfy(file -> assertThat(ConsolePages.read(file)).isNotEmpty());
    }

    @Test
    void everythingButTheFirstPageIsNamedByItsContent() {
        assertThat(ConsolePages.files())
                .filteredOn(file -> !file.equals("index.html"))
                .allMatch(
                        file -> file.matches("assets/[\\w.-]+-[\\w-]{8}\\.(js|css|svg)"), "hashed");
    }

    @Test
    void theFirstPageAsksNobodyElse() {
        String page =
                new String(
                        Objects.requireNonNull(ConsolePages.read("index.html")),
                        StandardCharsets.UTF_8);
        assertThat(page).doesNotContain("http:").doesNotContain("https:").contains("__NONCE__");
    }

    @Test
    void aFileThatIsNotThereIsNull() {
        assertThat(ConsolePages.read("../../module-info.class.not")).isNull();
    }
}
