// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import dev.torimono.collector.access.AccessKeys;
import dev.torimono.collector.access.Accounts;
import dev.torimono.collector.access.Identity;
import dev.torimono.collector.access.Role;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lets callers in, or tells them why not. */
public final class Gate {
    private final Accounts accounts;
    private final AccessKeys keys;
    private final Function<String, Optional<String>> agents;
    private final Predicate<String> revoked;

    /**
     * @param agents the id of the agent that a token belongs to
     * @param revoked whether a token was that of an agent that is let in no more
     */
    public Gate(
            Accounts accounts,
            AccessKeys keys,
            Function<String, Optional<String>> agents,
            Predicate<String> revoked) {
        this.accounts = accounts;
        this.keys = keys;
        this.agents = agents;
        this.revoked = revoked;
    }

    /**
     * @throws ApiException when it may not
     */
    Caller admit(Access access, String token) {
        return switch (access) {
            case PUBLIC -> Caller.NOBODY;
            case VIEWER, ANALYST, ADMIN -> account(access, token);
            case AGENT -> agent(token);
            case ENROL -> machine(keys.opens(token, AccessKeys.Purpose.ENROL), "an access key");
            case INGEST -> machine(keys.opens(token, AccessKeys.Purpose.INGEST), "an ingest key");
        };
    }

    private Caller account(Access access, String token) {
        Identity identity = accounts.byToken(token).orElseThrow(() -> unauthorized("an API token"));
        Role needed = access.role();
        if (needed != null && !identity.role().mayWhat(needed)) {
            throw new ApiException(
                    ApiException.FORBIDDEN,
                    "forbidden",
                    "this needs the role "
                            + needed.label()
                            + "; yours is "
                            + identity.role().label());
        }
        return new Caller(identity.account(), identity.role());
    }

    /** An agent that was revoked must not take that for a reason to enrol again. */
    private Caller agent(String token) {
        Optional<String> id = agents.apply(token);
        if (id.isEmpty() && revoked.test(token)) {
            throw new ApiException(
                    ApiException.FORBIDDEN, "revoked", "this agent is let in no more");
        }
        return machine(id, "the token of an enrolled agent");
    }

    private static Caller machine(Optional<String> name, String needed) {
        return new Caller(name.orElseThrow(() -> unauthorized(needed)), null);
    }

    private static ApiException unauthorized(String needed) {
        return new ApiException(
                ApiException.UNAUTHORIZED,
                "unauthorized",
                "this needs the header \"Authorization: Bearer …\" with " + needed);
    }
}
