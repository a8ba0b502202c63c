// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.journal.Journal;
import dev.torimono.agent.policy.ExceptionDraft;
import dev.torimono.agent.policy.PolicyFolder;
import dev.torimono.agent.policy.Policybook;
import dev.torimono.response.past.PastFinding;
import dev.torimono.response.past.WhatIf;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.policy.PolicyType;
import dev.torimono.response.source.NewException;
import dev.torimono.response.source.PolicySource;
import dev.torimono.response.source.PolicySource.Block;
import dev.torimono.rules.Rule;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an exception of an alert. */
@Command(
        name = "add",
        description = {
            "Make an exception of an alert, show what it would have silenced, and write it when"
                    + " told to.",
            "It is as narrow as the alert allows: the same rule, image, program and file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono exception add --from ALERT_ID --reason \"nightly backup\" --owner ops@ex.org",
            "  torimono exception add --from ALERT_ID --reason R --owner O --expires 2027-03-31 --write"
        })
final class ExceptionAddCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "ALERT_ID",
            description = "The alert, by its id.")
    private String from = "";

    @Option(names = "--reason", required = true, description = "Why.")
    private String reason = "";

    @Option(names = "--owner", required = true, description = "Who answers for it.")
    private String owner = "";

    @Option(names = "--expires", paramLabel = "DAY", description = "When it ends; default never.")
    private String expires = "";

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = "The policy; needed when several cover the alert.")
    private String policy = "";

    @Option(names = "--name", description = "Its name; default: made of the alert.")
    private String name = "";

    @Option(names = "--scope", description = "Where it holds instead of for the image.")
    private @Nullable String scope;

    @Option(names = "--when", description = "The condition instead of the one made of the alert.")
    private @Nullable String when;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "How far back the preview looks; default ${DEFAULT-VALUE}.")
    private String since = "7d";

    @Option(names = "--write", description = "Write it into the file of the policy.")
    private boolean write;

    @Override
    public Integer call() {
        PolicyArguments arguments = new PolicyArguments(options.load());
        Instant start = PolicyArguments.since(since, Instant.now());
        PastFinding alert =
                arguments.journal(Instant.EPOCH).find(from).orElseThrow(() -> noAlert(from));
        Journal journal = arguments.journal(start);
        String of = ExceptionDraft.policy(alert, policy);
        Policybook book = arguments.book();
        List<Rule> rules = arguments.rules();
        List<PolicyFile> before = book.files();
        Policy old = ExceptionDraft.find(book.load(before, rules).policies(), of);
        NewException added =
                new NewException(
                        name.isEmpty() ? "from alert " + alert.id() : name,
                        old.type() == PolicyType.WORKLOAD ? alert.rule() : "",
                        scope == null ? ExceptionDraft.scope(alert) : scope,
                        when == null ? ExceptionDraft.when(alert) : when,
                        reason,
                        owner,
                        expires);
        PolicyFile changed = changed(before, arguments, old, added);
        List<PolicyFile> after = replaced(before, changed);
        Policy now = ExceptionDraft.find(book.load(after, rules).policies(), of);

        PrintWriter out = spec.commandLine().getOut();
        WhatIf whatIf = new WhatIf(arguments.host());
        out.print(PolicyFolder.diff(before, List.of(changed)));
        out.println();
        out.print(ExceptionDraft.preview(whatIf, old, now, added, journal));
        if (write) {
            PolicyFolder.write(changed);
            out.println("written  " + changed.name());
        } else {
            out.println("nothing is written without --write");
        }
        out.flush();
        return ExitCode.OK;
    }

    private static AgentException noAlert(String id) {
        return new AgentException(
                Reason.CONFIG,
                "--from " + id + ": the journal has no such alert; alerts have it as id");
    }

    /** The file it comes to stand in, with it. */
    private static PolicyFile changed(
            List<PolicyFile> files, PolicyArguments arguments, Policy policy, NewException added) {
        for (PolicyFile file : files) {
            PolicySource source = PolicySource.of(file);
            Optional<Block> block = source.find(policy.name());
            if (block.isPresent()) {
                if (block.get().flow()) {
                    throw new AgentException(
                            Reason.CONFIG,
                            file.name()
                                    + ": the policy is written with braces; add by hand:\n"
                                    + String.join("\n", added.lines()));
                }
                return added.into(source, block.get());
            }
        }
        String name = arguments.folder().resolve("managed-exceptions.yaml").toString();
        PolicyFile target =
                files.stream()
                        .filter(file -> file.name().equals(name))
                        .findFirst()
                        .orElse(new PolicyFile(name, ""));
        return added.managed(PolicySource.of(target), policy.name());
    }

    private static List<PolicyFile> replaced(List<PolicyFile> files, PolicyFile changed) {
        List<PolicyFile> after = new ArrayList<>(files);
        after.removeIf(file -> file.name().equals(changed.name()));
        after.add(changed);
        return after;
    }
}
