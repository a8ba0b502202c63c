// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.torimono.rules.LoadCode;
import dev.torimono.rules.Position;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static List<YamlNode> read(String content) {
        return YamlReader.read(new Source("f.yaml", content));
    }

    private static YamlNode value(String content, String key) {
        YamlNode.Sequence items = (YamlNode.Sequence) read(content).getFirst();
        YamlNode value = ((YamlNode.Mapping) items.items().getFirst()).get(key);
        assertThat(value).isNotNull();
        return value == null ? items : value;
    }

    @Test
    void scalarsStayText() {
        YamlNode items = value("- items: [1.0, yes, =, '~', 0x1F, !!int 3, 2001-01-01]\n", "items");
        assertThat(((YamlNode.Sequence) items).items())
                .extracting(item -> ((YamlNode.Scalar) item).text())
                .containsExactly("1.0", "yes", "=", "~", "0x1F", "3", "2001-01-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void nothingIsNull(String nothing) {
        assertThat(value("- a: " + nothing + "\n", "a")).isInstanceOf(YamlNode.Null.class);
    }

    @Test
    void theFirstOfTwoEqualKeysCounts() {
        assertThat(((YamlNode.Scalar) value("- a: x\n  a: y\n", "a")).text()).isEqualTo("x");
    }

    @Test
    void theEndOfTheFileClosesAQuote() {
        assertThat(((YamlNode.Scalar) value("- a: 'x\n", "a")).text()).isEqualTo("x ");
        assertThat(((YamlNode.Scalar) value("- a: \"x\n", "a")).text()).isEqualTo("x ");
    }

    @Test
    void everyDocumentIsRead() {
        assertThat(read("- a: 1\n---\n- b: 2\n---\n")).hasSize(3);
    }

    @Test
    void errorsHaveAPlace() {
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> read("- rule: r\n  output: %x\n"))
                .satisfies(
                        e -> {
                            assertThat(e.code()).isEqualTo(LoadCode.LOAD_ERR_YAML_PARSE);
                            assertThat(e.place().position())
                                    .isEqualTo(new Position("f.yaml", 2, 11));
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- a: plain words here and MARK\n",
                "- a: 'it''s a MARK'\n",
                "- a: \"tab\\tand \\u0041 then MARK\"\n",
                "- a: |\n    one\n\n      two\n    MARK\n",
                "- a: >-\n    one\n    two\n\n    three MARK\n",
                "- a: first\n    second\n    MARK\n",
                "- a: 日本🦑 MARK\n",
            })
    void everyCharacterKnowsWhereItCameFrom(String content) {
        YamlNode.Scalar scalar = (YamlNode.Scalar) value(content, "a");
        Place place = scalar.at(scalar.text().indexOf("MARK"));
        assertThat(content.substring(place.offset())).startsWith("MARK");
    }

    @Test
    void aliasesAreReadButTheirBombsRefused() {
        YamlNode items = value("- a: &x [1, 2]\n  items: *x\n", "items");
        assertThat(((YamlNode.Sequence) items).items()).hasSize(2);
        StringBuilder bomb = new StringBuilder("- a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String last = "*a" + (i - 1);
            bomb.append("- a").append(i).append(": &a").append(i).append(" [");
            bomb.append((last + ", ").repeat(9)).append(last).append("]\n");
        }
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> read(bomb.toString()))
                .withMessageContaining("aliases expanded");
    }

    @Test
    void undefinedAliasesAndEndlessNestingAreRefused() {
        assertThatExceptionOfType(LoadException.class).isThrownBy(() -> read("- a: *none\n"));
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> read("[".repeat(10_000)))
                .withMessageContaining("nested deeper");
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> read("- ".repeat(10_000)))
                .withMessageContaining("nested deeper");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "- ", "{a: ", "\"", "- a\n", "a: &a *a\n", "\t", "? ", "#", "x ", "\0"})
    void tenMegabytesOfAnythingAreRefusedAtOnce(String unit) {
        Source source = new Source("big", unit.repeat(10_000_000 / unit.length()));
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(1),
                () ->
                        assertThatExceptionOfType(LoadException.class)
                                .isThrownBy(() -> YamlReader.read(source)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "- ",
                "{a: ",
                "\"",
                "- a\n",
                "- a: b\n",
                "[a,",
                "x ",
                "x\n",
                "? ",
                "&a ",
                "'' ",
                "- |\n",
                "a, ",
                "🦑, "
            })
    void whatIsJustSmallEnoughIsReadOrRefusedSoon(String unit) {
        Source source =
                new Source(
                        "big",
                        (unit.endsWith(", ") ? "- [" : "")
                                + unit.repeat(YamlReader.MAX_CHARACTERS / unit.length() - 1));
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> readOrRefuse(source));
    }

    private static void readOrRefuse(Source source) {
        try {
            assertThat(YamlReader.read(source)).isNotNull();
        } catch (LoadException e) {
            assertThat(e.code()).isEqualTo(LoadCode.LOAD_ERR_YAML_PARSE);
        }
    }
}
