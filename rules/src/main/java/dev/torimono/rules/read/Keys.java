// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import dev.torimono.rules.LoadCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the keys of one item, with an error for each way that a value can be wrong. */
final class Keys {
    private final YamlNode.Mapping map;
    private final String item;

    /**
     * Over one mapping.
     *
     * @param item what to call it in errors
     */
    Keys(YamlNode.Mapping map, String item) {
        this.map = map;
        this.item = item;
    }

    String item() {
        return item;
    }

    Place at() {
        return map.at();
    }

    boolean has(String key) {
        return map.has(key);
    }

    @Nullable YamlNode get(String key) {
        return map.get(key);
    }

    List<YamlNode.Entry> entries() {
        return map.entries();
    }

    LoadException invalid(String message, Place at) {
        return new LoadException(LoadCode.LOAD_ERR_YAML_VALIDATE, message, at, item);
    }

    /** The place of a key's value, or of the item when it has no such key. */
    Place at(String key) {
        YamlNode node = map.get(key);
        return node == null ? map.at() : node.at();
    }

    YamlNode.Scalar scalar(String key) {
        YamlNode node = map.get(key);
        if (node == null) {
            throw invalid("key '" + key + "' is missing", map.at());
        }
        return switch (node) {
            case YamlNode.Null none -> throw invalid("key '" + key + "' is empty", none.at());
            case YamlNode.Scalar scalar -> {
                if (scalar.text().isEmpty()) {
                    throw invalid("key '" + key + "' is empty", scalar.at());
                }
                yield scalar;
            }
            case YamlNode.Sequence list ->
                    throw invalid("key '" + key + "' is a list, not a single value", list.at());
            case YamlNode.Mapping nested ->
                    throw invalid(
                            "key '" + key + "' is a mapping, not a single value", nested.at());
        };
    }

    boolean bool(String key, boolean otherwise) {
        return has(key) ? bool(key) : otherwise;
    }

    boolean bool(String key) {
        YamlNode.Scalar scalar = scalar(key);
        String text = scalar.text();
        String lower = text.toLowerCase(Locale.ROOT);
        boolean cased =
                text.equals(lower)
                        || text.equals(text.toUpperCase(Locale.ROOT))
                        || text.equals(
                                lower.substring(0, 1).toUpperCase(Locale.ROOT)
                                        + lower.substring(1));
        if (cased) {
            switch (lower) {
                case "y", "yes", "true", "on" -> {
                    return true;
                }
                case "n", "no", "false", "off" -> {
                    return false;
                }
                default -> {}
            }
        }
        throw invalid("key '" + key + "' must be true or false, not '" + text + "'", scalar.at());
    }

    long unsigned(String key, long otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        YamlNode.Scalar scalar = scalar(key);
        Long value = unsigned(scalar.text());
        if (value == null) {
            throw invalid(
                    "key '" + key + "' must be a whole number, not '" + scalar.text() + "'",
                    scalar.at());
        }
        return value;
    }

    /** A number of 32 bits; as in C, 0x starts a hexadecimal and 0 an octal one. */
    static @Nullable Long unsigned(String text) {
        String digits = text.strip();
        if (digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        int radix = 10;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            radix = 16;
            digits = digits.substring(2);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            radix = 8;
        }
        if (digits.isEmpty()
                || digits.length() > 12
                || !Character.isLetterOrDigit(digits.charAt(0))) {
            return null;
        }
        try {
            long value = Long.parseLong(digits, radix);
            return value >>> 32 == 0 ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** A list of single values. */
    List<YamlNode.Scalar> scalars(String key) {
        YamlNode node = map.get(key);
        if (node == null) {
            throw invalid("key '" + key + "' is missing", map.at());
        }
        if (!(node instanceof YamlNode.Sequence list)) {
            throw invalid("key '" + key + "' must be a list", node.at());
        }
        List<YamlNode.Scalar> scalars = new ArrayList<>(list.items().size());
        for (YamlNode each : list.items()) {
            if (!(each instanceof YamlNode.Scalar scalar)) {
                throw invalid("an entry of '" + key + "' is not a single value", each.at());
            }
            scalars.add(scalar);
        }
        return scalars;
    }
}
