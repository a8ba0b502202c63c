// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.past;

import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.policy.Exemption;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.policy.When;
import dev.torimono.response.scope.Coverage;
import dev.torimono.response.scope.HostFacts;
import java.time.Instant;

/** Judges recorded findings by a policy as if it had been in force. */
public final class WhatIf {
    /** What a policy would have made of a finding. */
    public enum Answer {
        /** It is about other rules, or about other places. */
        NOTHING,
        /** It covers it: its actions would have followed. */
        COVERED,
        /** One of its exceptions takes it out. */
        EXEMPT,
        /** The alert does not tell enough. */
        UNKNOWN
    }

    private final HostFacts host;

    /** For findings of one machine. */
    public WhatIf(HostFacts host) {
        this.host = host;
    }

    /** What a policy would have made of a finding. */
    public Answer judge(Policy policy, PastFinding finding) {
        if (!takes(policy, finding)) {
            return Answer.NOTHING;
        }
        Coverage scope = policy.scope().covers(host, finding.container());
        if (scope == Coverage.NO) {
            return Answer.NOTHING;
        }
        Coverage exempt = Coverage.NO;
        for (Exemption exemption : policy.exemptions()) {
            exempt = exempt.or(silences(exemption, finding));
        }
        return switch (exempt) {
            case YES -> Answer.EXEMPT;
            case UNKNOWN -> Answer.UNKNOWN;
            case NO -> scope == Coverage.YES ? Answer.COVERED : Answer.UNKNOWN;
        };
    }

    /** Whether an exception would take a finding out. */
    public Coverage silences(Exemption exemption, PastFinding finding) {
        boolean rules =
                exemption.rules().isEmpty()
                        || exemption.rules().stream()
                                .anyMatch(rule -> rule.matches(finding.rule(), finding.tags()));
        Instant at = Instant.ofEpochSecond(0, finding.timeNs());
        if (!rules || exemption.expired(at)) {
            return Coverage.NO;
        }
        When when = exemption.when();
        Coverage condition =
                when == null
                        ? Coverage.YES
                        : PastCondition.holds(when.toString(), finding.fields());
        return exemption.scope().covers(host, finding.container()).and(condition);
    }

    private static boolean takes(Policy policy, PastFinding finding) {
        return switch (policy.type()) {
            case WORKLOAD -> policy.takes(finding.rule(), finding.tags());
            case DRIFT -> finding.rule().equals(PolicySet.DRIFT_RULE);
            case MALWARE -> finding.rule().equals(PolicySet.MALWARE_RULE);
        };
    }
}
