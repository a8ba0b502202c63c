// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.Log;
import dev.torimono.agent.Rulebook;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.journal.Journal;
import dev.torimono.agent.policy.NodeFacts;
import dev.torimono.agent.policy.Policybook;
import dev.torimono.response.decision.Capabilities.Killing;
import dev.torimono.response.decision.Capabilities.Prevention;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.scope.HostFacts;
import dev.torimono.rules.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Loads what commands about policies need: the configured policies, rules and journal. */
final class PolicyArguments {
    private final AgentConfig config;
    private final HostFacts host;

    PolicyArguments(AgentConfig config) {
        this.config = config;
        String name = config.run().hostname();
        this.host =
                NodeFacts.host(
                        config,
                        name.isEmpty() ? NodeFacts.hostname() : name,
                        System.getenv(),
                        Log.toStderr(Log.Level.ERROR));
    }

    HostFacts host() {
        return host;
    }

    Policybook book() {
        return new Policybook(
                config.policies(),
                host,
                NodeFacts.node(
                        Prevention.FANOTIFY,
                        Killing.KERNEL,
                        List.of(Path.of("/sys/fs/cgroup")),
                        config.policies().ignoreContainerActions()));
    }

    /** Every good rule, as the agent would load them. */
    List<Rule> rules() {
        return new Rulebook(config.rules()).load().ruleset().rules();
    }

    /** The policies of these files, or of the configured ones when there are none. */
    PolicySet load(List<String> files) {
        Policybook book = book();
        return files.isEmpty() ? book.load(rules()) : book.load(read(files), rules());
    }

    static List<PolicyFile> read(List<String> files) {
        List<PolicyFile> all = new ArrayList<>();
        files.forEach(file -> all.addAll(Policybook.read(Path.of(file))));
        return all;
    }

    /** Where policies are put: the first configured folder. */
    Path folder() {
        return config.policies().files().stream()
                .map(Path::of)
                .filter(path -> !path.toString().matches(".*\\.ya?ml"))
                .findFirst()
                .orElse(Path.of(AgentConfig.Policies.DEFAULT_FOLDER));
    }

    Journal journal(Instant since) {
        AgentConfig.File file = config.journal();
        if (file == null) {
            throw new AgentException(
                    Reason.CONFIG, "journal.file is empty: this agent keeps no journal to look at");
        }
        return Journal.read(file.path(), since);
    }

    /** {@code 90s}, {@code 30m}, {@code 1h}, {@code 7d}, or a time such as 2027-03-31T18:00:00Z. */
    static Instant since(String text, Instant now) {
        try {
            if (text.matches("[0-9]{1,9}[smhd]")) {
                String unit = text.endsWith("d") ? "P" : "PT";
                Duration back = Duration.parse(unit + text.toUpperCase(Locale.ROOT));
                return now.minus(back);
            }
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new AgentException(
                    Reason.CONFIG,
                    "--since "
                            + text
                            + ": must be such as 90s, 30m, 1h or 7d, or a time such as"
                            + " 2027-03-31T18:00:00Z",
                    e);
        }
    }
}
