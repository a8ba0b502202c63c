// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * The rule language, from YAML to findings. Pure: same observation, same findings; no I/O but
 * reading the files it is given, no clock.
 */
@org.jspecify.annotations.NullMarked
module dev.torimono.rules {
    requires static org.jspecify;
    requires transitive dev.torimono.model;
    requires transitive org.snakeyaml.engine;
    requires re2j;

    exports dev.torimono.rules;
    exports dev.torimono.rules.check;
    exports dev.torimono.rules.field;
    exports dev.torimono.rules.format;
    exports dev.torimono.rules.plan;
    exports dev.torimono.rules.report;
    exports dev.torimono.rules.syntax;
    exports dev.torimono.rules.yaml;
}
