// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.journal.Journal;
import dev.torimono.model.Container;
import dev.torimono.response.past.PastFinding;
import dev.torimono.response.past.WhatIf;
import dev.torimono.response.policy.Exemption;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.scope.Coverage;
import dev.torimono.response.source.NewException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;

/** An exception made of an alert: as narrow as the alert allows, to be widened by a person. */
public final class ExceptionDraft {
    private static final List<String> TELLING =
            List.of("proc.name", "proc.exepath", "proc.pname", "fd.name");

    private ExceptionDraft() {}

    /**
     * The policy it is for.
     *
     * @param named as the person named it; empty when they did not
     */
    public static String policy(PastFinding finding, String named) {
        if (!named.isEmpty()) {
            return named;
        }
        if (finding.policies().size() == 1) {
            return finding.policies().getFirst();
        }
        throw new AgentException(
                Reason.CONFIG,
                finding.policies().isEmpty()
                        ? "no policy covers this alert: there is nothing to except it from"
                        : "several policies cover this alert; say which with --policy: "
                                + String.join(", ", finding.policies()));
    }

    /** Containers of the same image; empty on the host. */
    public static String scope(PastFinding finding) {
        Container container = finding.container();
        if (container == null) {
            return "container.id = \"\"";
        }
        if (!container.imageRepository().isEmpty()) {
            return "container.image.repository = " + value(container.imageRepository());
        }
        return container.name().isEmpty()
                ? "container.full_id = " + container.fullId()
                : "container.name = " + value(container.name());
    }

    /** What tells this process from others, as far as the alert has it. */
    public static String when(PastFinding finding) {
        StringJoiner when = new StringJoiner(" and ");
        for (String field : TELLING) {
            Object told = finding.fields().get(field);
            if (told != null && !told.toString().isEmpty()) {
                when.add(field + " = " + value(told.toString()));
            }
        }
        return when.toString();
    }

    /** Of what a policy covered, what an exception would have silenced, for people. */
    public static String preview(
            WhatIf whatIf, Policy before, Policy after, NewException added, Journal journal) {
        Exemption exemption =
                after.exemptions().stream()
                        .filter(one -> one.name().equals(added.name()))
                        .reduce((first, second) -> second)
                        .orElseThrow();
        List<PastFinding> silenced = new ArrayList<>();
        int covered = 0;
        int unknown = 0;
        for (PastFinding finding : journal.findings()) {
            if (whatIf.judge(before, finding) != WhatIf.Answer.COVERED) {
                continue;
            }
            covered++;
            Coverage silences = whatIf.silences(exemption, finding);
            if (silences == Coverage.YES) {
                silenced.add(finding);
            } else if (silences == Coverage.UNKNOWN) {
                unknown++;
            }
        }
        return "it would have silenced "
                + silenced.size()
                + " of "
                + covered
                + " recorded findings of policy \""
                + before.name()
                + "\""
                + (unknown > 0 ? "; of " + unknown + " it cannot be told" : "")
                + "\n"
                + WhatIfReport.table(silenced);
    }

    /** The policy of that name. */
    public static Policy find(List<Policy> policies, String name) {
        Optional<Policy> found =
                policies.stream().filter(policy -> policy.name().equals(name)).findFirst();
        return found.orElseThrow(
                () ->
                        new AgentException(
                                Reason.CONFIG,
                                "there is no policy \""
                                        + name
                                        + "\"; there are "
                                        + String.join(
                                                ", ",
                                                policies.stream().map(Policy::name).toList())));
    }

    /** Quoted where the language would end a bare value. */
    private static String value(String text) {
        boolean bare = text.matches("[A-Za-z0-9_./:@-]+");
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        return Objects.requireNonNull(bare ? text : "\"" + quoted + "\"");
    }
}
