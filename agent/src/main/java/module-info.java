// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** Joins the stages into one process: pipeline, config, outputs. Wiring only, no domain logic. */
@org.jspecify.annotations.NullMarked
module dev.torimono.agent {
    requires static org.jspecify;
    requires transitive dev.torimono.model;
    requires dev.torimono.sensor;
    requires dev.torimono.host;
    requires transitive dev.torimono.rules;
    requires dev.torimono.ruleset;
    requires org.snakeyaml.engine;
}
