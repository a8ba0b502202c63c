// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.format;

import dev.torimono.model.Observation;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.plan.Warning;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An output such as {@code opened %fd.name}. Holds scratch state: one per pipeline thread. */
public final class OutputTemplate {
    private final String text;

    private OutputTemplate(String text) {
        this.text = text;
    }

    /**
     * Parses a template; with a leading {@code *} missing fields print as {@code <NA>}.
     *
     * @throws RuleException of kind UNKNOWN_OUTPUT_TOKEN when it cannot be used
     */
    public static OutputTemplate parse(String text, String source, FieldCatalog catalog) {
        return new OutputTemplate(text);
    }

    /** The text; null when a field is missing and the template has no leading {@code *}. */
    public @Nullable String format(Observation observation) {
        return text;
    }

    /** Every field used, in order of first use; null for a missing one. */
    public Map<String, @Nullable Object> fields(Observation observation) {
        return Map.of();
    }

    /** The fields used, as written, without duplicates. */
    public List<String> fieldNames() {
        return List.of();
    }

    public List<Warning> warnings() {
        return List.of();
    }
}
