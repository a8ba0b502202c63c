// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.agent.AgentException;
import dev.torimono.response.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicybookTest {
    private static final String SHELL =
            """
            policies:
              - name: %s
                rules: [Terminal shell in container]
            """;

    @TempDir private Path folder;

    @Test
    void folderIsReadInOrderOfNameBehindTheManagedOnes() throws IOException {
        Files.writeString(folder.resolve("b.yaml"), SHELL.formatted("B"));
        Files.writeString(folder.resolve("a.yml"), SHELL.formatted("A"));
        Files.writeString(folder.resolve(".c.yaml"), "half written");
        Files.writeString(folder.resolve("README.md"), "words");

        assertThat(Books.book(folder.toString()).load(Books.RULES).policies())
                .extracting(Policy::name)
                .endsWith("A", "B")
                .hasSize(6);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithItsPlace() throws IOException {
        Path bad =
                Files.writeString(
                        folder.resolve("bad.yaml"),
                        """
                        policies:
                          - name: One
                            severity: 9
                            rules: [No such rule]
                        """);

        assertThatThrownBy(() -> Books.book(bad.toString()).load(Books.RULES))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("bad.yaml:3:15: ")
                .hasMessageContaining("bad.yaml:4:13: there is no rule \"No such rule\"")
                .hasMessageContaining("    severity: 9\n");
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> Books.book("/no/such").files())
                .hasMessage("policies: /no/such: no such file or folder");
    }

    @Test
    void defaultFolderMayBeAbsent() {
        assertThat(Policybook.read(Path.of("/etc/torimono/policies.d"))).isNotNull();
    }
}
