// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Damages texts, the same way for the same seed. */
final class Mutator {
    private static final List<String> TOKENS =
            List.of(
                    "(",
                    ")",
                    ",",
                    "\"",
                    "'",
                    "\\",
                    "=",
                    " ",
                    "\n",
                    "\t",
                    "\0",
                    "and ",
                    "or ",
                    "not ",
                    "not(",
                    "in ",
                    "exists",
                    "val(",
                    "tolower(",
                    "[",
                    "]",
                    "{",
                    "}",
                    ": ",
                    "- ",
                    "&a ",
                    "*a ",
                    "%",
                    "%20",
                    "|",
                    ">",
                    "#",
                    "!!",
                    "\\x",
                    "\uFFFD",
                    "\uD800",
                    "🦑",
                    "é",
                    "anyof ",
                    "0x",
                    "1e+",
                    "~",
                    "override",
                    "append: true",
                    "exceptions:",
                    "---\n",
                    "<<: ",
                    "? ",
                    "\r\n",
                    "evt.type",
                    ".");

    private final RandomGenerator random;

    Mutator(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    /** One to eight changes. */
    String mutate(String text, String other) {
        StringBuilder out = new StringBuilder(text);
        for (int n = random.nextInt(1, 9); n > 0; n--) {
            int at = random.nextInt(out.length() + 1);
            int end = Math.min(out.length(), at + random.nextInt(12));
            switch (random.nextInt(7)) {
                case 0 -> out.delete(at, end);
                case 1 -> out.insert(at, out.substring(at, end).repeat(random.nextInt(1, 40)));
                case 2 -> out.insert(at, (char) random.nextInt(0x2FF));
                case 3, 4 -> out.insert(at, TOKENS.get(random.nextInt(TOKENS.size())));
                case 5 -> out.replace(at, end, TOKENS.get(random.nextInt(TOKENS.size())));
                default -> {
                    int from = random.nextInt(other.length());
                    int to = Math.min(other.length(), from + random.nextInt(60));
                    out.insert(at, other, from, to);
                }
            }
        }
        return out.toString();
    }
}
