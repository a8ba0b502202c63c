// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.response.decision.PolicySet;
import org.junit.jupiter.api.Test;

class EffectiveTextTest {
    private static String line(String more) {
        PolicySet set =
                Books.set(
                        """
                        policies:
                          - name: P
                            rules: [Terminal shell in container]
                        """
                                + more.indent(4));
        return EffectiveText.line(set.policies().getLast(), set.effective().getLast());
    }

    @Test
    void saysWhatIsDoneAndWhere() {
        assertThat(line("scope: container.name = test\nactions: {kill_process: true}"))
                .isEqualTo("policy \"P\": kill; where container.name = test");
        assertThat(line("actions: {container: stop}"))
                .isEqualTo("policy \"P\": detect (stop_container)");
        assertThat(line("enabled: false")).isEqualTo("policy \"P\": disabled");
    }

    @Test
    void saysWhatThisNodeCannotDo() {
        assertThat(line("actions: {prevent: true}"))
                .isEqualTo(
                        "policy \"P\": kill; this node cannot prevent an exec: the process is"
                                + " killed instead");
    }

    @Test
    void monitoringIsNoEnforcing() {
        assertThat(line("mode: monitor\nactions: {kill_process: tree}"))
                .isEqualTo("policy \"P\": detect, monitor only: would kill_process_tree");
    }
}
