// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.policy;

import dev.torimono.response.scope.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception to a policy: what it does not apply to, who says so, why and until when.
 *
 * @param name its name
 * @param rules the rules it concerns; empty for all of the policy's
 * @param scope where it holds
 * @param when the condition it needs; null for none beyond rules and scope
 * @param reason why
 * @param owner who answers for it
 * @param expires when it ends; null for never
 */
public record Exemption(
        String name,
        List<RuleChoice> rules,
        Scope scope,
        @Nullable When when,
        String reason,
        String owner,
        @Nullable Instant expires) {
    public Exemption {
        rules = List.copyOf(rules);
    }

    /** Whether its time is over. */
    public boolean expired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }
}
