// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * The nouns every other module speaks in: events and their schema, tasks, containers, observations,
 * findings, alerts. Holds no rule, no policy, no kernel access and no I/O but its own tables.
 */
@org.jspecify.annotations.NullMarked
module dev.torimono.model {
    requires static transitive org.jspecify;

    exports dev.torimono.model;
}
