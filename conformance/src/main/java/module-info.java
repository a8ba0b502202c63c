// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * Runs folders of language cases (loader, condition, evaluation, captures) against the engine and
 * reports each difference. Knows file shapes, no semantics of its own.
 */
@org.jspecify.annotations.NullMarked
module dev.torimono.conformance {
    requires static org.jspecify;
    requires dev.torimono.agent;
    requires dev.torimono.host;
    requires dev.torimono.rules;
    requires dev.torimono.sensor;
    requires tools.jackson.databind;

    exports dev.torimono.conformance;
}
