// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import dev.torimono.rules.field.FieldUse;
import dev.torimono.rules.syntax.Transformer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a compared value comes from. Equal sources give equal values. */
sealed interface Source {
    /** How a source with several values compares. */
    enum Several {
        /** It has one value. */
        NO,
        /** Any of the candidates may satisfy: ancestors, both ends of a connection. */
        ANY,
        /** Every candidate must: both ends under {@code !=}. */
        EVERY,
        /** A list of which some element must satisfy. */
        LIST_SOME,
        /** A list of which every element must satisfy; holds for an empty one. */
        LIST_EVERY
    }

    Several several();

    record OfField(FieldUse use, Several several) implements Source {}

    record Literal(Text text) implements Source {
        @Override
        public Several several() {
            return Several.NO;
        }
    }

    /** A number as decimal text. */
    record Digits(Source number, boolean signed) implements Source {
        @Override
        public Several several() {
            return Several.NO;
        }
    }

    /** Several single sources as one list. */
    record Listed(List<Source> parts, Several several) implements Source {
        public Listed {
            parts = List.copyOf(parts);
        }
    }

    /** What a transformer makes of its arguments. */
    record Transformed(
            Transformer transformer,
            List<Source> arguments,
            @Nullable String argument,
            boolean list,
            Several several)
            implements Source {
        public Transformed {
            arguments = List.copyOf(arguments);
        }
    }

    /** The same source, compared in another way. */
    default Source comparing(Several how) {
        return switch (this) {
            case OfField field -> new OfField(field.use(), how);
            case Literal literal -> literal;
            case Digits digits -> digits;
            case Listed listed -> new Listed(listed.parts(), how);
            case Transformed t ->
                    new Transformed(t.transformer(), t.arguments(), t.argument(), t.list(), how);
        };
    }
}
