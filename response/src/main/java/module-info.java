// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * What follows from a finding: policies, what they decide, and carrying it out within guards. Knows
 * no kernel and no host table; reaches processes and containers through ports.
 */
@org.jspecify.annotations.NullMarked
module dev.torimono.response {
    requires static org.jspecify;
    requires transitive dev.torimono.model;
    requires transitive dev.torimono.rules;
    requires org.snakeyaml.engine;
    requires re2j;

    exports dev.torimono.response;
    exports dev.torimono.response.action;
    exports dev.torimono.response.container;
    exports dev.torimono.response.decision;
    exports dev.torimono.response.drift;
    exports dev.torimono.response.past;
    exports dev.torimono.response.policy;
    exports dev.torimono.response.scope;
    exports dev.torimono.response.source;
}
