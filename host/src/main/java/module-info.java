// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * Turns events into observations: process table, lineage, containers, accounts. The only mutable
 * world model, touched by one thread.
 */
@org.jspecify.annotations.NullMarked
module dev.torimono.host {
    requires static org.jspecify;
    requires transitive dev.torimono.model;
    requires tools.jackson.databind;

    exports dev.torimono.host;
    exports dev.torimono.host.container;
    exports dev.torimono.host.ecs;
    exports dev.torimono.host.capture;
}
