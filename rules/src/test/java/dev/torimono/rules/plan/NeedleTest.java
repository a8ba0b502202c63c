// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeedleTest {
    private static boolean isIn(String text, String needle, boolean ignoreCase) {
        byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.ISO_8859_1);
        return new Needle(Text.of(needle), ignoreCase).isIn(bytes, 1, bytes.length - 2);
    }

    @Test
    void findsWhatStringFinds() {
        Random random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            String text = word(random, random.nextInt(30));
            String needle = word(random, random.nextInt(5));
            assertThat(isIn(text, needle, false)).isEqualTo(text.contains(needle));
            assertThat(isIn(text, needle, true))
                    .isEqualTo(
                            text.toLowerCase(Locale.ROOT)
                                    .contains(needle.toLowerCase(Locale.ROOT)));
        }
    }

    @Test
    void needlesLongerThanAStepAreFound() {
        String needle = "ab".repeat(200) + "c";
        assertThat(isIn("ab".repeat(90) + needle + "ab", needle, false)).isTrue();
        assertThat(isIn("ab".repeat(90) + needle.substring(1), "b" + needle, false)).isFalse();
    }

    @Test
    void bytesBeyondAsciiHaveNoCase() {
        byte[] bytes = {(byte) 0xC3, (byte) 0xA4, 'Z'};
        assertThat(new Needle(Text.of("ä"), true).isIn(bytes, 0, 3)).isTrue();
        assertThat(new Needle(Text.of("Ä"), true).isIn(bytes, 0, 3)).isFalse();
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append("abAB".charAt(random.nextInt(4)));
        }
        return word.toString();
    }
}
