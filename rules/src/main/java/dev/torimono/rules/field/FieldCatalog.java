// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.syntax.Span;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every field of the language, by source. Immutable. */
public final class FieldCatalog {
    private final Set<Field.Provider> providers;

    private FieldCatalog(Set<Field.Provider> providers) {
        this.providers = Set.copyOf(providers);
    }

    /** All fields of all sources. */
    public static FieldCatalog standard() {
        return new FieldCatalog(Set.of(Field.Provider.values()));
    }

    /** Only the fields of those providers; EVENT and SYSCALL should be among them. */
    public static FieldCatalog of(Set<Field.Provider> providers) {
        return new FieldCatalog(providers);
    }

    /** Every field, in documentation order. */
    public List<Field> fields() {
        return List.of();
    }

    /** Event sources that some provider of this catalogue serves. */
    public Set<String> sources() {
        return providers.contains(Field.Provider.K8S_AUDIT)
                ? Set.of("syscall", "k8s_audit")
                : Set.of("syscall");
    }

    /**
     * The field that a text such as {@code proc.aname[2]} or {@code evt.arg.flags} names for a
     * source, or null when there is none or its argument does not fit.
     */
    public @Nullable Field find(String text, String source) {
        return null;
    }

    /**
     * Binds a field to its argument.
     *
     * @throws RuleException when the source has no such field or the argument does not fit
     */
    public FieldUse use(String name, @Nullable String argument, String source, Span span) {
        throw new RuleException(RuleException.Kind.UNKNOWN_FIELD, "unknown field " + name, span);
    }
}
