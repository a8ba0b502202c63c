// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.FieldCatalog;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a load assumes of the engine around it.
 *
 * @param fields the fields there are; rules of a source that it does not serve stay dormant
 * @param plugins what {@code required_plugin_versions} is checked against; null leaves it unchecked
 * @param extraOutputs what is appended to outputs
 * @param firstErrorOnly stop each file at its first error, as Falco does, instead of collecting all
 */
public record LoadOptions(
        FieldCatalog fields,
        @Nullable List<Plugin> plugins,
        List<ExtraOutput> extraOutputs,
        boolean firstErrorOnly) {
    /** The engine version that {@code required_engine_version} is checked against. */
    public static final String ENGINE_VERSION = "0.63.0";

    /** What Falco assumes by default: system calls, and containers. */
    public static final LoadOptions DEFAULT =
            of(
                    FieldCatalog.of(
                            Set.of(
                                    Field.Provider.EVENT,
                                    Field.Provider.SYSCALL,
                                    Field.Provider.CONTAINER)));

    /** Those defaults with other fields. */
    public static LoadOptions of(FieldCatalog fields) {
        return new LoadOptions(fields, null, List.of(), false);
    }

    /** A loaded plugin. */
    public record Plugin(String name, String version) {}

    /**
     * Text appended to the output of some rules.
     *
     * @param format output format
     * @param source only rules of this source; empty for any
     * @param tags only rules that have all of these tags
     * @param rule only the rule of this name; empty for any
     */
    public record ExtraOutput(String format, String source, Set<String> tags, String rule) {
        public ExtraOutput {
            tags = Set.copyOf(tags);
        }
    }

    public LoadOptions {
        plugins = plugins == null ? null : List.copyOf(plugins);
        extraOutputs = List.copyOf(extraOutputs);
    }
}
