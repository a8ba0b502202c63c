// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.format;

import dev.torimono.model.Observation;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.field.Value;
import dev.torimono.rules.plan.Reading;
import dev.torimono.rules.plan.Warning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An output such as {@code opened %fd.name}. Holds scratch state: one per pipeline thread. */
public final class OutputTemplate {
    /** What stands for a missing field. */
    public static final String MISSING = "<NA>";

    private final List<Token> tokens;
    private final boolean lenient;
    private final Reading reading;
    private final List<Warning> warnings;
    private final Value out = new Value();

    OutputTemplate(List<Token> tokens, boolean lenient, Reading reading, List<Warning> warnings) {
        this.tokens = List.copyOf(tokens);
        this.lenient = lenient;
        this.reading = reading;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Parses a template; with a leading {@code *} missing fields print as {@code <NA>}.
     *
     * @throws RuleException of kind UNKNOWN_OUTPUT_TOKEN when it cannot be used
     */
    public static OutputTemplate parse(String text, String source, FieldCatalog catalog) {
        return new TemplateParser(text, source, catalog).parse();
    }

    /** The text; null when a field is missing and the template has no leading {@code *}. */
    public @Nullable String format(Observation observation) {
        StringBuilder text = new StringBuilder();
        return format(observation, text) ? text.toString() : null;
    }

    /**
     * Appends the text up to the first field that is missing.
     *
     * @return whether that was all of it
     */
    public boolean format(Observation observation, StringBuilder text) {
        reading.next(observation);
        out.begin();
        boolean complete = true;
        for (Token token : tokens) {
            if (!append(token)) {
                complete = false;
                break;
            }
        }
        out.end();
        text.append(out);
        return complete;
    }

    private boolean append(Token token) {
        switch (token) {
            case Token.Literal literal -> out.append(literal.text());
            case Token.FieldToken field -> {
                int start = out.written();
                Value value = reading.read(field.entry());
                if (value == null || !Rendering.append(field.entry(), value, out)) {
                    if (!lenient) {
                        return false;
                    }
                    out.cut(start).append(MISSING);
                }
                fit(start, field.width());
            }
        }
        return true;
    }

    private void fit(int start, int width) {
        if (width > 0) {
            if (out.written() - start > width) {
                out.cut(start + width);
            }
            while (out.written() - start < width) {
                out.append(' ');
            }
        }
    }

    /**
     * Every field used, in order of first use, null for a missing one: what a JSON alert carries.
     * Fields inside transformers appear plain; what transformers make of them does not.
     */
    public Map<String, @Nullable Object> fields(Observation observation) {
        return fields(observation, false);
    }

    /** As {@link #fields(Observation)}, with transformed values under their own text if asked. */
    public Map<String, @Nullable Object> fields(Observation observation, boolean transformed) {
        reading.next(observation);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Token.Part part : parts()) {
            if (!part.transformed() || transformed) {
                Value value = reading.read(part.entry());
                Object typed =
                        value == null ? null : Rendering.typed(part.entry(), value, observation);
                if (typed == null && !lenient) {
                    return fields;
                }
                fields.put(part.name(), typed);
            }
        }
        return fields;
    }

    /** Texts of every field used, as {@link #fields} names them; missing ones as {@code <NA>}. */
    public Map<String, String> texts(Observation observation, boolean transformed) {
        reading.next(observation);
        Map<String, String> texts = new LinkedHashMap<>();
        for (Token.Part part : parts()) {
            if (!part.transformed() || transformed) {
                Value value = reading.read(part.entry());
                out.begin();
                boolean present = value != null && Rendering.append(part.entry(), value, out);
                out.end();
                if (present || lenient) {
                    texts.put(part.name(), present ? out.toString() : MISSING);
                }
            }
        }
        return texts;
    }

    /** Everything that is known of an output while the event's container is not described. */
    public OpenOutput open(Observation observation) {
        reading.next(observation);
        List<@Nullable String> texts = new ArrayList<>();
        for (Token token : tokens) {
            out.begin();
            boolean late = token instanceof Token.FieldToken f && Reading.isLate(f.entry());
            if (!late) {
                append(token);
            }
            out.end();
            texts.add(late ? null : out.toString());
        }
        return new OpenOutput(texts, fields(observation));
    }

    /** The text of an open output, for a container as it is described now. */
    public String format(OpenOutput open, Observation described) {
        reading.next(described);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            String known = open.texts().get(i);
            if (known == null) {
                out.begin();
                append(tokens.get(i));
                out.end();
                known = out.toString();
            }
            text.append(known);
        }
        return text.toString();
    }

    /** The fields of an open output, for a container as it is described now. */
    public Map<String, @Nullable Object> fields(OpenOutput open, Observation described) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(open.fields());
        Map<String, @Nullable Object> now = fields(described);
        for (Token.Part part : parts()) {
            if (!part.transformed() && Reading.isLate(part.entry())) {
                fields.put(part.name(), now.get(part.name()));
            }
        }
        return fields;
    }

    private List<Token.Part> parts() {
        List<Token.Part> parts = new ArrayList<>();
        for (Token token : tokens) {
            if (token instanceof Token.FieldToken field) {
                parts.addAll(field.parts());
            }
        }
        return parts;
    }

    /** The fields used, as written, without duplicates; transformed ones after what they take. */
    public List<String> fieldNames() {
        return parts().stream().map(Token.Part::name).distinct().toList();
    }

    public List<Warning> warnings() {
        return warnings;
    }

    /** One stretch of a template. */
    sealed interface Token {
        record Literal(String text) implements Token {}

        /** A field or a transformer's call; a width of 0 means as long as it is. */
        record FieldToken(Reading.Entry entry, int width, List<Part> parts) implements Token {
            public FieldToken {
                parts = List.copyOf(parts);
            }
        }

        /** A field, or a transformed one, under the name that it has in JSON. */
        record Part(String name, Reading.Entry entry, boolean transformed) {}
    }
}
