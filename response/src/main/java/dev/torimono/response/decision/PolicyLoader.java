// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.response.policy.PolicyException;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.read.KnownRules;
import dev.torimono.response.read.PolicyReader;
import dev.torimono.response.read.Problems;
import dev.torimono.response.scope.HostFacts;
import dev.torimono.rules.Rule;
import dev.torimono.rules.field.FieldCatalog;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/** Loads files of policies into a set that decides, or refuses all of them. */
public final class PolicyLoader {
    private final List<PolicyFile> managed;
    private final HostFacts host;
    private final Capabilities node;
    private final Tallies tallies;
    private final Clock clock;

    /**
     * A loader for one node.
     *
     * @param managed the shipped policies, loaded before all others
     * @param host what scopes ask of the machine
     * @param node what the node can do
     * @param tallies where policies count, across loads
     * @param clock tells when exceptions expire
     */
    public PolicyLoader(
            List<PolicyFile> managed,
            HostFacts host,
            Capabilities node,
            Tallies tallies,
            Clock clock) {
        this.managed = List.copyOf(managed);
        this.host = host;
        this.node = node;
        this.tallies = tallies;
        this.clock = clock;
    }

    /**
     * Loads files in order.
     *
     * @param rules the rules that policies can name
     * @throws PolicyException with everything that is wrong in any file
     */
    public PolicySet load(List<PolicyFile> files, Collection<Rule> rules) {
        return load(files, KnownRules.of(rules));
    }

    PolicySet load(List<PolicyFile> files, KnownRules rules) {
        Problems problems = new Problems();
        PolicyReader reader =
                new PolicyReader(problems, rules, FieldCatalog.standard(), clock.instant());
        managed.forEach(file -> reader.read(file, true));
        files.forEach(file -> reader.read(file, false));
        problems.refuse();
        return new PolicySet(
                reader.policies(), problems.warnings(), host, node, rules, tallies, clock);
    }
}
