// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.read.ListItem;
import dev.torimono.rules.read.Passage;
import dev.torimono.rules.read.Source;
import dev.torimono.rules.read.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListTableTest {
    private final Map<String, Collected<ListItem>> lists = new LinkedHashMap<>();

    private static YamlNode.Scalar scalar(String text) {
        return new YamlNode.Scalar(text, YamlNode.Style.PLAIN, new Source("f", text).start());
    }

    private ListTableTest list(String name, String... items) {
        int index = lists.size();
        List<YamlNode.Scalar> scalars = List.of(items).stream().map(ListTableTest::scalar).toList();
        lists.put(
                name,
                new Collected<>(new ListItem(name, scalars, scalar(name).at()), index, index, 0));
        return this;
    }

    private String in(String condition) {
        return new ListTable(lists, new Budget(), new ListTable.Memo())
                .substitute(Passage.of(scalar(condition)))
                .text();
    }

    @Test
    void aNameBetweenDelimitersGivesWayToItsItems() {
        list("l", "a", "b c", "'d e'");
        assertThat(in("proc.name in (l)")).isEqualTo("proc.name in ( a, \"b c\", 'd e' )");
        assertThat(in("x in (l, y)")).isEqualTo("x in ( a, \"b c\", 'd e' , y)");
        assertThat(in("a.b = \"x l y\"")).isEqualTo("a.b = \"x a, \"b c\", 'd e' y\"");
        assertThat(in("a.b = \"l\"")).isEqualTo("a.b = \"l\"");
        assertThat(in("a.b in (ll, x-l)")).isEqualTo("a.b in (ll, x-l)");
    }

    @Test
    void anEmptyListTakesACommaAlong() {
        list("l");
        assertThat(in("x in (a, l)")).isEqualTo("x in (a  )");
        assertThat(in("x in (l, a)")).isEqualTo("x in (   a)");
        assertThat(in("x in (l)")).isEqualTo("x in (  )");
    }

    @Test
    void severalOccurrencesAreAllReplaced() {
        list("l", "x");
        assertThat(in("a in (l) and b in (l , l)")).isEqualTo("a in ( x ) and b in ( x , x )");
    }

    @Test
    void listsOfListsExpandAsUpstreamOrdersThem() {
        list("a", "x").list("b", "a", "y").list("c", "b", "z");
        assertThat(in("f in (c)")).isEqualTo("f in ( a, y, z )");
        lists.clear();
        list("b", "a", "z").list("a", "x", "y");
        assertThat(in("f in (b)")).isEqualTo("f in ( x, y , z )");
    }

    @Test
    void exponentialGrowthIsRefused() {
        for (int i = 0; i < 30; i++) {
            String next = "l" + (i + 1);
            list("l" + i, next, next, next, next);
        }
        assertThatExceptionOfType(RuleException.class)
                .isThrownBy(() -> in("f in (l0)"))
                .withMessageContaining("characters");
    }

    @Test
    void whatNothingNamesIsUnused() {
        list("a", "x").list("b", "a").list("c", "y");
        ListTable table = new ListTable(lists, new Budget(), new ListTable.Memo());
        table.substitute(Passage.of(scalar("f in (b)")));
        assertThat(table.unused()).containsExactly("c");
    }
}
