// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Container;
import dev.torimono.response.decision.Capabilities;
import dev.torimono.response.decision.Capabilities.Killing;
import dev.torimono.response.decision.Capabilities.Prevention;
import dev.torimono.response.decision.PolicyLoader;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.decision.Tallies;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.scope.HostFacts;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.Rule;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Policies on a node that can prevent, and containers that they cover or not. */
public final class Sets {
    static final String DRIFT =
            """
            policies:
              - name: Drift
                type: drift
                scope: container.name = test
                actions: {prevent: true}
            """;

    static final String SHELLS =
            """
            policies:
              - name: Shells
                scope: container.name = test
                rules: [Shell]
                actions: {prevent: true}
            """;

    private static final List<Rule> RULES =
            new RuleLoader(LoadOptions.DEFAULT)
                    .load(
                            List.of(
                                    new RuleFile(
                                            "rules.yaml",
                                            "- {rule: Shell, desc: d, output: o, priority: NOTICE,"
                                                    + " condition: evt.type = execve and proc.name"
                                                    + " = sh}\n")))
                    .ruleset()
                    .rules();

    private Sets() {}

    public static PolicySet of(String yaml) {
        return of(yaml, new Tallies());
    }

    static PolicySet of(String yaml, Tallies tallies) {
        return new PolicyLoader(
                        List.of(),
                        HostFacts.named("box"),
                        new Capabilities(Prevention.FANOTIFY, Killing.KERNEL, true, false),
                        tallies,
                        Clock.systemUTC())
                .load(List.of(new PolicyFile("mine.yaml", yaml)), RULES);
    }

    static Container named(String name) {
        return container(name, false);
    }

    /** Its runtime has not told of it yet. */
    static Container pending() {
        return container("", true);
    }

    private static Container container(String name, boolean pending) {
        String id = "0123456789ab0123456789ab0123456789ab0123456789ab0123456789ab0123";
        return new Container(
                id.substring(0, 12),
                id,
                name,
                "docker",
                "",
                "",
                "",
                "",
                "",
                false,
                Map.of(),
                List.of(),
                "",
                0,
                false,
                false,
                false,
                "",
                null,
                pending);
    }
}
