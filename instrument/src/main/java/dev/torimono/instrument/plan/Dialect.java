// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.InstrumentException;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Opaque;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.tree.Source;
import dev.torimono.instrument.write.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Whose language a definition is written in, which says what {@code ${…}} means. */
enum Dialect {
    ECS,
    CLOUDFORMATION_JSON,
    CLOUDFORMATION_YAML,
    TERRAFORM,
    KUBERNETES;

    /** A text of the user, in which {@code ${…}} means what it means in the dialect. */
    Value text(String text) {
        if (!text.contains("${")) {
            return Value.text(text);
        }
        return switch (this) {
            case CLOUDFORMATION_JSON -> Value.fields("Fn::Sub", Value.text(text));
            case CLOUDFORMATION_YAML ->
                    new Value.Raw(
                            "!Sub \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
            case TERRAFORM -> new Value.Text(text, true);
            case ECS, KUBERNETES ->
                    throw new InstrumentException(
                            text
                                    + ": ${…} means nothing here; only CloudFormation and Terraform know it");
        };
    }

    /**
     * A word that an image starts with, as it must be written here to stay what it is. (Terraform's
     * templates are escaped wherever a text is written.)
     */
    String literal(String word) {
        return this == KUBERNETES && (word.contains("$(") || word.contains("$$"))
                ? word.replace("$", "$$")
                : word;
    }

    /** The word that {@link #literal} and the writing of it were given. */
    String meant(String written) {
        return switch (this) {
            case KUBERNETES -> written.replace("$$", "$");
            case TERRAFORM -> written.replace("$${", "${").replace("%%{", "%{");
            case ECS, CLOUDFORMATION_JSON, CLOUDFORMATION_YAML -> written;
        };
    }

    /** The same value once more, in the same text. */
    Value copy(Source source, Node node) {
        return switch (node) {
            case Scalar(int _, int _, String value, boolean quoted) ->
                    quoted ? new Value.Text(value, this == TERRAFORM) : raw(source, node);
            case Opaque _ -> raw(source, node);
            case Sequence sequence ->
                    new Value.Many(
                            sequence.items().stream()
                                    .map(one -> copy(source, one.value()))
                                    .collect(Collectors.toList()));
            case Mapping mapping -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                mapping.entries().forEach(one -> fields.put(one.key(), copy(source, one.value())));
                yield new Value.Fields(fields);
            }
        };
    }

    private static Value raw(Source source, Node node) {
        String text = source.text(node);
        if (text.indexOf('\n') >= 0) {
            throw source.error(node.from(), "an expression over several lines cannot be repeated");
        }
        return new Value.Raw(text.isEmpty() ? "null" : text);
    }
}
