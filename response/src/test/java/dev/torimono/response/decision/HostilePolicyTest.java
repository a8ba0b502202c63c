// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.response.policy.PolicyException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a file is refused with a place or loaded; nothing else happens. */
class HostilePolicyTest {
    private static final String GOOD =
            """
            policies:
              - name: Shells
                scope: container.image.repo startswith "a" and not k8s.ns.name in (x, y)
                rules: [Terminal shell in container, {tag: shell, enabled: true}]
                actions: {kill_process: tree, capture: {before: 1, after: 2}}
                exceptions:
                  - {name: e, scope: host.name = a, when: proc.name = b, reason: r, owner: o, expires: 2027-01-01}
              - {name: Drift, type: drift, drift: {regex: true, exceptions: ["/a.*"]}}
            """;

    private final PolicyFixture fixture = new PolicyFixture();

    private int problems(String yaml) {
        try {
            fixture.load(yaml);
            return 0;
        } catch (PolicyException e) {
            assertThat(e.problems()).allMatch(problem -> problem.position().line() >= 1);
            assertThat(e.problems()).allMatch(problem -> !problem.render().isBlank());
            return e.problems().size();
        }
    }

    @Test
    void brokenBytesNeverEscapeTheReader() {
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(0x250));
                    case 1 -> text.deleteCharAt(at);
                    default ->
                            text.insert(at, "[]{}:,*&!|>'\"%@`-\n\t#".charAt(random.nextInt(19)));
                }
            }
            refused += Math.min(1, problems(text.toString()));
        }
        assertThat(refused).isBetween(100, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "policies: &p [{name: x, rules: *p}]",
                "policies: [&p {name: x, exceptions: [*p], rules: ['*']}]",
                "? [a]\n: b\npolicies: []",
                "policies: {{a: b}: c}",
                "policies: [[[[[[]]]]]]",
                "policies: [!!java.lang.Runtime {name: x}]",
                "--- {policies: []}\n--- {policies: []}",
                "policies: [{name: x, scope: '((((((((((((', rules: ['*']}]",
                "policies: [{name: x, rules: ['[']}, {name: y, rules: ['[z-a]']}]"
            })
    void oddShapesAreRefused(String yaml) {
        assertThat(problems(yaml)).isPositive();
    }

    @Test
    void deepNestingAndManyAliasesAreBounded() {
        assertThat(problems("policies: " + "[".repeat(20_000))).isPositive();
        assertThat(
                        problems(
                                "policies: [{name: x, rules: ['*'], scope: \""
                                        + "(".repeat(5_000)
                                        + "\"}]"))
                .isPositive();
        assertThat(problems("policies: [{" + "k".repeat(100_000) + ": x}]")).isPositive();
    }
}
