// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.agent.Rulebook;
import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.response.decision.Capabilities;
import dev.torimono.response.decision.Capabilities.Killing;
import dev.torimono.response.decision.Capabilities.Prevention;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.scope.HostFacts;
import dev.torimono.rules.Rule;
import java.util.List;
import java.util.Map;

/** Policies over the shipped rules, on a node that can kill and not prevent. */
final class Books {
    static final List<Rule> RULES =
            new Rulebook(
                            new ConfigLoader(Map.of())
                                    .setList("rules.files", List.of("shipped"), "test")
                                    .load()
                                    .rules())
                    .load()
                    .ruleset()
                    .rules();

    private Books() {}

    static Policybook book(String... files) {
        return new Policybook(
                new ConfigLoader(Map.of())
                        .setList("policies.files", List.of(files), "test")
                        .load()
                        .policies(),
                HostFacts.named("box"),
                new Capabilities(Prevention.NONE, Killing.PIDFD, true, false));
    }

    static PolicySet set(String yaml) {
        return book().load(List.of(new PolicyFile("mine.yaml", yaml)), RULES);
    }
}
