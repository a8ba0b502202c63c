// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private static String text(JsonWriter json) {
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void separatesMembersAndNests() {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("a").beginArray().number(1).bool(true).nothing().endArray();
        json.name("b").beginObject().endObject();
        json.name("c").string("x").endObject();
        assertThat(text(json)).isEqualTo("{\"a\":[1,true,null],\"b\":{},\"c\":\"x\"}");
    }

    @Test
    void everyControlCharacterIsEscaped() {
        assertThat(text(new JsonWriter().string("\b\f\n\r\t\u0000\u001b\u001f\"\\/\u007f")))
                .isEqualTo("\"\\b\\f\\n\\r\\t\\u0000\\u001b\\u001f\\\"\\\\/\u007f\"");
    }

    @Test
    void textBeyondAsciiIsUtf8() {
        String all = "é·漢\uD83D\uDE00";
        assertThat(new JsonWriter().escaped(all).toBytes())
                .isEqualTo(all.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void loneSurrogateBecomesTheReplacementCharacter() {
        assertThat(text(new JsonWriter().escaped("a\uD83Db\uDE00"))).isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void everyKindOfFieldValueHasItsJsonType() {
        List<Object> values = Arrays.asList("s", 3L, 1.5, false, null, List.of("x", 2L));
        assertThat(text(new JsonWriter().value(values)))
                .isEqualTo("[\"s\",3,1.5,false,null,[\"x\",2]]");
    }

    @Test
    void numbersThatJsonLacksAreNull() {
        assertThat(text(new JsonWriter().value(List.of(Double.NaN, Double.POSITIVE_INFINITY))))
                .isEqualTo("[null,null]");
    }

    @Test
    void growsAndStartsAfresh() {
        JsonWriter json = new JsonWriter();
        assertThat(json.string("x".repeat(5000)).toBytes()).hasSize(5002);
        assertThat(text(json.reset().number(1))).isEqualTo("1");
    }
}
