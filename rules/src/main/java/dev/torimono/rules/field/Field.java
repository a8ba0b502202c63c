// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field of the language, as the catalogue knows it.
 *
 * @param name its name without argument
 * @param type type of its value, or of its elements
 * @param argument which argument it takes
 * @param traits what is special about it
 * @param format how its numbers print
 * @param provider who fills it, which decides for which event sources it exists
 * @param description what it holds, for people
 */
public record Field(
        String name,
        FieldType type,
        Argument argument,
        Set<Trait> traits,
        Format format,
        Provider provider,
        String description) {

    /** The argument a field takes, in the form it is written. */
    public enum Argument {
        NONE(""),
        /** Optional {@code [n]}. */
        OPTIONAL_INDEX("[n]?"),
        /** Optional {@code [n]} or {@code [key]}. */
        OPTIONAL_INDEX_OR_KEY("[n|key]?"),
        INDEX("[n]"),
        KEY("[key]"),
        INDEX_OR_KEY("[n|key]"),
        /** {@code .name}, as in {@code thread.cgroup.cpu}. */
        DOTTED(".name"),
        /** {@code .name} or {@code [n]}, as in {@code evt.arg}. */
        DOTTED_OR_INDEX(".name|[n]"),
        /** Nothing, {@code .src} or {@code .dst}. */
        OPTIONAL_SIDE(".src|.dst?");

        private final String form;

        Argument(String form) {
            this.form = form;
        }

        /** As it stands in documentation; a final question mark means optional. */
        public String form() {
            return form;
        }

        static Argument of(String form) {
            for (Argument argument : values()) {
                if (argument.form.equals(form)) {
                    return argument;
                }
            }
            throw new IllegalArgumentException("unknown argument form " + form);
        }

        /** Whether the field means something without one. */
        public boolean optional() {
            return this == NONE || form.endsWith("?");
        }
    }

    /** What the language restricts or warns about. */
    public enum Trait {
        /** The value is a list. */
        LIST,
        DEPRECATED,
        /** Not in outputs. */
        FILTER_ONLY,
        /** Not in conditions. */
        PRINT_ONLY,
        /** Exists for compatibility; not documented. */
        HIDDEN,
        /** Not inside {@code val()} or a transformer right of an operator. */
        NO_RIGHT_SIDE,
        NO_TRANSFORMER
    }

    /** How a number prints. */
    public enum Format {
        NA,
        DEC,
        HEX,
        ID,
        DIR,
        /** Nine digits, zero-padded. */
        PADDED_DEC
    }

    /** Where a field comes from. */
    public enum Provider {
        /** Of every event of every source. */
        EVENT,
        /** Of system call events. */
        SYSCALL,
        /** Of system call events, from the container runtime. */
        CONTAINER,
        /** Of Kubernetes audit events. */
        K8S_AUDIT,
        /** Of events whose payload is JSON. */
        JSON
    }

    public Field {
        traits = Set.copyOf(traits);
    }

    /** Names are unique in a catalogue, so the name says all. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Field field
                && provider == field.provider
                && name.equals(field.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    public boolean list() {
        return is(Trait.LIST);
    }
}
