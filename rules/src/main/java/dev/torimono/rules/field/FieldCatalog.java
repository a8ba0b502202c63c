// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.RuleException.Kind;
import dev.torimono.rules.field.Field.Argument;
import dev.torimono.rules.syntax.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every field of the language, by source. Immutable. */
public final class FieldCatalog {
    private static final Span NOWHERE = new Span(0, 0);
    private static final int MAX_DIGITS = 9;
    private static final FieldCatalog STANDARD = new FieldCatalog(Set.of(Field.Provider.values()));

    private final Set<Field.Provider> providers;
    private final List<Field> fields;
    private final Map<String, Field> byName = new HashMap<>();

    private FieldCatalog(Set<Field.Provider> providers) {
        this.providers = Set.copyOf(providers);
        fields = FieldTable.FIELDS.stream().filter(f -> providers.contains(f.provider())).toList();
        fields.forEach(field -> byName.put(field.name(), field));
    }

    /** All fields of all sources. */
    public static FieldCatalog standard() {
        return STANDARD;
    }

    /** Only the fields of those providers; EVENT and SYSCALL should be among them. */
    public static FieldCatalog of(Set<Field.Provider> providers) {
        return new FieldCatalog(providers);
    }

    /** Every field, in documentation order. */
    public List<Field> fields() {
        return fields;
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
        int open = text.indexOf('[');
        String name = open < 0 ? text : text.substring(0, open);
        String argument = null;
        if (open >= 0) {
            if (!text.endsWith("]")) {
                return null;
            }
            argument = text.substring(open + 1, text.length() - 1);
        }
        try {
            FieldUse use = bind(name, argument, source, NOWHERE);
            return use == null ? null : use.field();
        } catch (RuleException e) {
            // The caller asks whether it exists; why not is told where it is used.
            return null;
        }
    }

    /**
     * Binds a field to its argument.
     *
     * @throws RuleException when the source has no such field or the argument does not fit
     */
    public FieldUse use(String name, @Nullable String argument, String source, Span span) {
        FieldUse use = bind(name, argument, source, span);
        if (use == null) {
            throw unknown(name, source, span);
        }
        return use;
    }

    /** Null when there is no such field; only then is it worth looking for what was meant. */
    private @Nullable FieldUse bind(
            String name, @Nullable String argument, String source, Span span) {
        Field field = served(byName.get(name), source);
        if (field != null) {
            return bracketed(field, argument, span);
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            Field prefix = served(byName.get(name.substring(0, dot)), source);
            if (prefix != null && takesDotted(prefix) && argument == null) {
                return dotted(prefix, name.substring(dot + 1), span);
            }
        }
        return null;
    }

    private static @Nullable Field served(@Nullable Field field, String source) {
        return field != null && serves(field.provider(), source) ? field : null;
    }

    private static boolean serves(Field.Provider provider, String source) {
        return switch (provider) {
            case EVENT -> true;
            case SYSCALL, CONTAINER -> source.equals("syscall");
            case K8S_AUDIT -> source.equals("k8s_audit");
            case JSON -> !source.equals("syscall");
        };
    }

    private static boolean takesDotted(Field field) {
        return switch (field.argument()) {
            case DOTTED, DOTTED_OR_INDEX, OPTIONAL_SIDE -> true;
            case NONE, OPTIONAL_INDEX, OPTIONAL_INDEX_OR_KEY, INDEX, KEY, INDEX_OR_KEY -> false;
        };
    }

    private static FieldUse dotted(Field field, String argument, Span span) {
        String name = field.name();
        if (field.argument() == Argument.OPTIONAL_SIDE
                && !argument.equals("src")
                && !argument.equals("dst")) {
            throw new RuleException(
                    Kind.UNKNOWN_FIELD,
                    name + "." + argument + ": no such field; it takes .src or .dst",
                    span);
        }
        if (name.equals("evt.arg") || name.equals("evt.rawarg")) {
            Parameters.check(argument, span);
        } else if (name.equals("evt.type.is")) {
            boolean number = argument.chars().allMatch(Character::isDigit);
            if (!number && !EventNames.isKnown(argument)) {
                throw EventNames.unknown(argument, span);
            }
        }
        return new FieldUse(field, argument, true);
    }

    private static FieldUse bracketed(Field field, @Nullable String argument, Span span) {
        String name = field.name();
        if (argument == null) {
            if (!field.argument().optional()) {
                throw new RuleException(
                        Kind.SYNTAX,
                        name + " needs an argument, as in " + name + field.argument().form(),
                        span);
            }
            return new FieldUse(field, null, false);
        }
        return switch (field.argument()) {
            case NONE, OPTIONAL_SIDE ->
                    throw new RuleException(
                            Kind.UNKNOWN_FIELD, name + " takes no argument in brackets", span);
            case DOTTED ->
                    throw new RuleException(
                            Kind.SYNTAX,
                            name + " takes its argument after a dot, as in " + name + ".name",
                            span);
            case DOTTED_OR_INDEX -> index(field, argument, Kind.VALUE, span);
            case OPTIONAL_INDEX, INDEX -> index(field, argument, Kind.UNKNOWN_FIELD, span);
            case OPTIONAL_INDEX_OR_KEY, INDEX_OR_KEY, KEY -> new FieldUse(field, argument, false);
        };
    }

    private static FieldUse index(Field field, String argument, Kind kind, Span span) {
        boolean digits =
                !argument.isEmpty() && argument.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean timestamp = field.name().equals("evt.around");
        if (!digits || argument.length() > (timestamp ? 2 * MAX_DIGITS + 1 : MAX_DIGITS)) {
            throw new RuleException(
                    kind, field.name() + "[" + argument + "]: the argument must be a number", span);
        }
        return new FieldUse(field, argument, false);
    }

    private RuleException unknown(String name, String source, Span span) {
        Field elsewhere = byName.get(name);
        if (elsewhere != null) {
            return new RuleException(
                    Kind.UNKNOWN_FIELD,
                    name + ": no such field for events of source " + source,
                    span);
        }
        List<String> names =
                fields.stream()
                        .filter(f -> serves(f.provider(), source) && !f.is(Field.Trait.HIDDEN))
                        .map(Field::name)
                        .toList();
        return new RuleException(
                Kind.UNKNOWN_FIELD, name + ": no such field" + Guess.among(name, names), span);
    }
}
