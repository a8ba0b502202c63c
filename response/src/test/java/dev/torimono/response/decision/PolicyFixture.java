// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.response.decision.Capabilities.Killing;
import dev.torimono.response.decision.Capabilities.Prevention;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.read.KnownRules;
import dev.torimono.response.scope.HostFacts;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Loads policies for tests. */
final class PolicyFixture {
    static final KnownRules RULES =
            KnownRules.named(
                    Map.of(
                            "Terminal shell in container", List.of("container", "shell"),
                            "Malicious filenames written", List.of("malware", "filesystem"),
                            "Java process spawned a shell", List.of("shell"),
                            "File created below /dev", List.of("filesystem")));

    static final Capabilities ABLE =
            new Capabilities(Prevention.FANOTIFY, Killing.PIDFD, true, true);

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    final Tallies tallies = new Tallies();
    private final Capabilities node;
    private final List<PolicyFile> managed;

    PolicyFixture() {
        this(ABLE, List.of());
    }

    PolicyFixture(Capabilities node, List<PolicyFile> managed) {
        this.node = node;
        this.managed = managed;
    }

    PolicySet load(String yaml) {
        return new PolicyLoader(managed, HostFacts.named("box"), node, tallies, CLOCK)
                .load(List.of(new PolicyFile("policies.yaml", yaml)), RULES);
    }

    /** One policy of that body, indented as an element of the list. */
    PolicySet one(String body) {
        return load("policies:\n  - name: One\n" + body.indent(4));
    }
}
