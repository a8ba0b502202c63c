// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.model.FlagSet;
import dev.torimono.rules.read.Place;
import dev.torimono.rules.read.Similar;

/** Reads flags such as {@code O_RDONLY|O_CREAT}, or a number. */
final class Flags {
    private Flags() {}

    static long bits(String text, FlagSet names, Place at) {
        if (text.isEmpty()) {
            return 0;
        }
        long bits = 0;
        for (String word : text.split("\\|")) {
            Long value = names.values().get(word.strip());
            bits |= value == null ? number(word.strip(), names, at) : value;
        }
        return bits;
    }

    private static long number(String word, FlagSet names, Place at) {
        try {
            return Long.decode(word);
        } catch (NumberFormatException e) {
            throw Described.error(
                    "unknown flag '" + word + "'" + Similar.hint(word, names.values().keySet()),
                    at);
        }
    }
}
