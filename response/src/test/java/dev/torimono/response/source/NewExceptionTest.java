// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.response.policy.PolicyFile;
import org.junit.jupiter.api.Test;

class NewExceptionTest {
    private static final NewException ADDED =
            new NewException("n", "R", "", "proc.name = \"a b\"", "why: because", "me", "");

    private static String added(String yaml, String policy) {
        PolicySource source = PolicySource.of(new PolicyFile("f.yaml", yaml));
        return ADDED.into(source, source.find(policy).orElseThrow()).content();
    }

    @Test
    void firstExceptionStandsAtTheEndOfItsPolicyAndNothingElseMoves() {
        assertThat(
                        added(
                                """
                                # head
                                policies:
                                - name: A  # one
                                  rules: [R]

                                # two
                                - name: B
                                  rules: [R]
                                """,
                                "A"))
                .isEqualTo(
                        """
                        # head
                        policies:
                        - name: A  # one
                          rules: [R]
                          exceptions:
                            - name: "n"
                              rules: ["R"]
                              when: "proc.name = \\"a b\\""
                              reason: "why: because"
                              owner: "me"

                        # two
                        - name: B
                          rules: [R]
                        """);
    }

    @Test
    void furtherExceptionStandsBehindTheOthersAndBeforeWhatFollows() {
        String after =
                added(
                        """
                        policies:
                          - name: A
                            exceptions:
                            - name: old
                              reason: >
                                long
                                words
                            rules: [R]
                        """,
                        "A");
        assertThat(after)
                .contains("        words\n    - name: \"n\"\n      rules: [\"R\"]\n")
                .endsWith("      owner: \"me\"\n    rules: [R]\n");
    }

    @Test
    void managedPolicyGetsAChangeOfItsOwn() {
        PolicySource empty = PolicySource.of(new PolicyFile("f.yaml", ""));
        assertThat(ADDED.managed(empty, "M").content())
                .startsWith("managed:\n  - name: \"M\"\n    exceptions:\n      - name: \"n\"\n");
    }

    @Test
    void blocksAreCutAsTheyAreWritten() {
        PolicySource source =
                PolicySource.of(
                        new PolicyFile(
                                "f.yaml",
                                "policies:\n    - name: A\n      rules:\n        - R\n\n    - {name: B, rules: [R]}\n"));
        assertThat(source.text(source.find("A").orElseThrow()))
                .isEqualTo("- name: A\n  rules:\n    - R\n");
        assertThat(source.find("B").orElseThrow().flow()).isTrue();
    }

    @Test
    void diffMarksWhatGoesAndWhatComes() {
        assertThat(LineDiff.of("a\nb\nc\n", "a\nx\nc\nd\n"))
                .containsExactly(" a", "-b", "+x", " c", "+d");
    }
}
