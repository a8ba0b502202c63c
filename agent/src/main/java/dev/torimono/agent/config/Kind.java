// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What values of a key are, and how they are read from YAML. Throws BadValueException. */
@FunctionalInterface
interface Kind<T> {
    T read(Node node);

    Kind<String> TEXT = Kind::scalar;

    Kind<Boolean> FLAG =
            node ->
                    switch (scalar(node).toLowerCase(Locale.ROOT)) {
                        case "true", "yes", "on" -> true;
                        case "false", "no", "off" -> false;
                        default -> throw new BadValueException("must be true or false");
                    };

    /** A sequence, or texts separated by commas. */
    Kind<List<String>> LIST =
            node -> {
                if (node instanceof SequenceNode sequence) {
                    return sequence.getValue().stream().map(Kind::scalar).toList();
                }
                return List.of(scalar(node).split(",")).stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .toList();
            };

    /** A mapping, or {@code name:value} pairs separated by commas. */
    Kind<Map<String, String>> MAP =
            node -> {
                Map<String, String> map = new LinkedHashMap<>();
                if (node instanceof MappingNode mapping) {
                    for (NodeTuple tuple : mapping.getValue()) {
                        map.put(scalar(tuple.getKeyNode()), scalar(tuple.getValueNode()));
                    }
                    return map;
                }
                for (String pair : LIST.read(node)) {
                    int colon = pair.indexOf(':');
                    if (colon < 1) {
                        throw new BadValueException("must be name:value pairs");
                    }
                    map.put(pair.substring(0, colon).strip(), pair.substring(colon + 1).strip());
                }
                return map;
            };

    /** A whole number within bounds, both included. */
    static Kind<Long> whole(long min, long max) {
        return node -> bounded(scalar(node).replace("_", ""), 1, min, max);
    }

    /** A number of bytes, with k, M or G (powers of 1024) if wanted. */
    static Kind<Long> bytes(long min, long max) {
        return node -> {
            String text = scalar(node).replaceFirst("(?i)(?<=[kmg])(i?b)?$", "");
            char unit =
                    text.isEmpty() ? ' ' : Character.toLowerCase(text.charAt(text.length() - 1));
            int shift =
                    switch (unit) {
                        case 'k' -> 10;
                        case 'm' -> 20;
                        case 'g' -> 30;
                        default -> 0;
                    };
            String digits = shift == 0 ? text : text.substring(0, text.length() - 1).strip();
            return bounded(digits, 1L << shift, min, max);
        };
    }

    /** One of some words; those of an enum are written in lower case. */
    static <E extends Enum<E>> Kind<E> word(Class<E> type) {
        return node -> {
            String text = scalar(node);
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(text.replace('-', '_'))) {
                    return constant;
                }
            }
            List<String> words =
                    List.of(type.getEnumConstants()).stream()
                            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                            .toList();
            throw new BadValueException(
                    "must be one of "
                            + String.join(", ", words)
                            + Nearest.hint(text.toLowerCase(Locale.ROOT), words));
        };
    }

    /** A text with a meaning of its own. */
    static <T> Kind<T> parsed(
            String what, Function<String, @org.jspecify.annotations.Nullable T> parse) {
        return node -> {
            T value = parse.apply(scalar(node));
            if (value == null) {
                throw new BadValueException("must be " + what);
            }
            return value;
        };
    }

    /** A sequence whose elements are read one by one; a single one may stand alone. */
    static <T> Kind<List<T>> each(Function<Node, T> element) {
        return node -> {
            if (!(node instanceof SequenceNode sequence)) {
                return List.of(element.apply(node));
            }
            List<T> list = new ArrayList<>();
            sequence.getValue().forEach(child -> list.add(element.apply(child)));
            return list;
        };
    }

    static String scalar(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new BadValueException("must be a single value");
    }

    private static long bounded(String digits, long unit, long min, long max) {
        long value;
        try {
            value = Math.multiplyExact(Long.parseLong(digits), unit);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new BadValueException("must be a whole number");
        }
        if (value < min || value > max) {
            throw new BadValueException("must be from " + min + " to " + max);
        }
        return value;
    }
}
