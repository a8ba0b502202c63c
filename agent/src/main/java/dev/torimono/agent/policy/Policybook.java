// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.response.decision.Capabilities;
import dev.torimono.response.decision.PolicyLoader;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.decision.Tallies;
import dev.torimono.response.policy.PolicyException;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.scope.HostFacts;
import dev.torimono.rules.Rule;
import dev.torimono.ruleset.ShippedRules;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds and loads the policies that the configuration names; as often as asked. Any thread. */
public final class Policybook {
    /** A default: it may be absent without anyone having erred. */
    private static final Path OPTIONAL = Path.of(AgentConfig.Policies.DEFAULT_FOLDER);

    private final AgentConfig.Policies config;
    private final PolicyLoader loader;
    private final Tallies tallies = new Tallies();

    /**
     * The policies of one node.
     *
     * @param host what scopes ask of the machine
     * @param node what the node can do
     */
    public Policybook(AgentConfig.Policies config, HostFacts host, Capabilities node) {
        this.config = config;
        this.loader =
                new PolicyLoader(
                        config.managed() ? managed() : List.of(),
                        host,
                        node,
                        tallies,
                        Clock.systemUTC());
    }

    /** The policies that come with the program, in load order. */
    public static List<PolicyFile> managed() {
        return ShippedRules.policyNames().stream()
                .map(name -> new PolicyFile(name, ShippedRules.text(name)))
                .toList();
    }

    /**
     * Reads every file and loads them, beside those in force.
     *
     * @param rules the rules that policies can name
     * @throws AgentException with everything that is wrong
     */
    public PolicySet load(Collection<Rule> rules) {
        return load(files(), rules);
    }

    /** The same with other files than the configured ones. */
    public PolicySet load(List<PolicyFile> files, Collection<Rule> rules) {
        try {
            return check(files, rules);
        } catch (PolicyException e) {
            throw new AgentException(
                    Reason.CONFIG, "policies: none of these files is used:\n" + e.getMessage(), e);
        }
    }

    /**
     * The same.
     *
     * @throws PolicyException with everything that is wrong
     */
    public PolicySet check(List<PolicyFile> files, Collection<Rule> rules) {
        return loader.load(files, rules);
    }

    /** Every configured file as it is now. */
    public List<PolicyFile> files() {
        List<PolicyFile> files = new ArrayList<>();
        watched().forEach(path -> files.addAll(read(path)));
        return files;
    }

    /** Files and folders of the configuration, whether they exist or not. */
    public List<Path> watched() {
        return config.files().stream().map(Path::of).toList();
    }

    /** What policies counted since the start. */
    public Tallies tallies() {
        return tallies;
    }

    /**
     * One file, or those of a folder.
     *
     * @throws AgentException when it cannot be read
     */
    public static List<PolicyFile> read(Path path) {
        if (!Files.exists(path)) {
            if (path.equals(OPTIONAL)) {
                return List.of();
            }
            throw new AgentException(
                    Reason.CONFIG, "policies: " + path + ": no such file or folder");
        }
        try {
            return PolicyFile.read(path);
        } catch (UncheckedIOException e) {
            throw new AgentException(Reason.CONFIG, String.valueOf(e.getMessage()), e);
        }
    }
}
