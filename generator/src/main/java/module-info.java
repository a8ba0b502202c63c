// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * Harmless deeds that fire each rule, where they are performed, and whether the alert came. Knows
 * no agent: whoever has alerts hands them over as {@link dev.torimono.generator.Sighting}s.
 */
@org.jspecify.annotations.NullMarked
module dev.torimono.generator {
    requires static org.jspecify;
    requires dev.torimono.model;
    requires tools.jackson.databind;

    exports dev.torimono.generator;
}
