// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.torimono.rules.RuleException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a or b and c | (a or (b and c))",
                "not a and b | (not a and b)",
                "not not a | a",
                "not(a or b) | not (a or b)",
                "(a)and(b) | (a and b)",
                "proc.name in (a, 'b c') | proc.name in (a, \"b c\")",
                "proc.name in (\"a\\\"b\", 'c') | proc.name in (\"a\\\"b\", c)",
                "fd.name contains anyof (x, y) | fd.name contains anyof (x, y)",
                "fd.name = anyof | fd.name = anyof",
                "proc.aname[2]=sh | proc.aname[2] = sh",
                "a.b[\"\"] exists | a.b[\"\"] exists",
                "a.b infoo | a.b in foo",
                "a.b > 0x1F | a.b > 0x1F",
                "tolower( a.b )=val(c.d) | tolower(a.b) = val(c.d)",
                "join(\"-\", (a.b, \"x\", 1)) = y | join(-,(a.b,x,1)) = y",
                "getopt(a.b, \"n:\")[n] = x | getopt(a.b,n:)[n] = x",
            })
    void conditionsPrintAsTheyWereUnderstood(String condition, String printed) {
        assertThat(ConditionParser.parse(condition)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a andb",
                "a NOT b",
                "()",
                "a.b = x=y",
                "a.b > \"5\"",
                "a.b existsx",
                "a.b in (x,)",
                "a.b in ((x))",
                "a.b = \"x\\\\\"",
                "a.b = \"x\\q\"",
                "a.b = \"\\x4\"",
                "a.b = 'mixed \\\" quotes'",
                "val(a.b) = x",
                "b64 (a.b) = x",
            })
    void whatTheGrammarLacksIsRefused(String condition) {
        assertThatExceptionOfType(RuleException.class)
                .isThrownBy(() -> ConditionParser.parse(condition))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(RuleException.Kind.SYNTAX));
    }

    @Test
    void messagesSayWhatWasExpectedAndWhatStandsThere() {
        assertThatExceptionOfType(RuleException.class)
                .isThrownBy(() -> ConditionParser.parse("proc.name like bash"))
                .withMessage("expected an operator but found 'like'")
                .satisfies(e -> assertThat(e.span()).isEqualTo(new Span(10, 11)));
    }

    @Test
    void spansCoverWhatTheyName() {
        String text = "evt.type = open and  not fd.name startswith /etc";
        Expr.And and = (Expr.And) ConditionParser.parse(text, 100, 1000);
        Expr.Not not = (Expr.Not) and.parts().get(1);
        Expr.Compare compare = (Expr.Compare) not.part();
        assertThat(part(text, and.parts().get(0).span())).isEqualTo("evt.type = open");
        assertThat(part(text, not.span())).isEqualTo("not fd.name startswith /etc");
        assertThat(part(text, compare.left().span())).isEqualTo("fd.name");
        assertThat(part(text, compare.right().span())).isEqualTo("/etc");
    }

    private static String part(String text, Span span) {
        return text.substring(span.start() - 1000, span.end() - 1000);
    }

    @Test
    void errorsOfEscapesAreShiftedLikeAllOthers() {
        assertThatExceptionOfType(RuleException.class)
                .isThrownBy(() -> ConditionParser.parse("a.b = \"x\\q\"", 100, 500))
                .satisfies(e -> assertThat(e.span()).isEqualTo(new Span(508, 510)));
    }

    @Test
    void nestingIsBoundedWhereUpstreamBoundsIt() {
        assertThat(ConditionParser.parse("(".repeat(19) + "a" + ")".repeat(19))).hasToString("a");
        assertThat(ConditionParser.parse("not(".repeat(23) + "a" + ")".repeat(23)))
                .hasToString("not ".repeat(23) + "a");
        String deep = "(".repeat(199) + "a" + ")".repeat(199);
        assertThat(ConditionParser.parse(deep, ConditionParser.RULE_DEPTH, 0)).hasToString("a");
        for (String tooDeep :
                List.of(
                        "(".repeat(20) + "a" + ")".repeat(20),
                        "not(".repeat(24) + "a" + ")".repeat(24),
                        "tolower(".repeat(48) + "a.b" + ")".repeat(48) + " = x")) {
            assertThatExceptionOfType(RuleException.class)
                    .isThrownBy(() -> ConditionParser.parse(tooDeep))
                    .withMessageContaining("nested too deep");
        }
    }

    @Test
    void aHundredThousandParenthesesAreRefusedAtOnce() {
        assertThatExceptionOfType(RuleException.class)
                .isThrownBy(
                        () ->
                                ConditionParser.parse(
                                        "(".repeat(100_000), ConditionParser.RULE_DEPTH, 0));
    }
}
