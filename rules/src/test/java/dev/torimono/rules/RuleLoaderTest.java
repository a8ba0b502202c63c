// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import static dev.torimono.rules.Loads.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.torimono.model.Priority;
import dev.torimono.rules.field.FieldCatalog;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleLoaderTest {
    private static List<LoadCode> codes(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(Diagnostic::code).toList();
    }

    private static String condition(LoadResult result) {
        return Loads.only(result).resolvedCondition().toString();
    }

    @Test
    void listsAndMacrosAreInPlaceAfterwards() {
        LoadResult result =
                Loads.of(
                        "- list: shells\n  items: [bash, 'a b']\n"
                                + "- macro: shell\n  condition: proc.name in (shells) or proc.pid = 1\n"
                                + rule("r", "evt.type = execve and shell"));
        assertThat(condition(result))
                .isEqualTo(
                        "(evt.type = execve and (proc.name in (bash, \"a b\") or proc.pid = 1))");
        assertThat(result.report().warnings()).isEmpty();
    }

    @Test
    void laterFilesChangeEarlierOnes() {
        LoadResult result =
                Loads.of(
                        rule("r", "evt.type = open"),
                        """
                        - rule: r
                          condition: and proc.name = cat
                          priority: ERROR
                          tags: [t]
                          override: {condition: append, priority: replace, tags: append}
                        """);
        assertThat(condition(result)).isEqualTo("(evt.type = open and proc.name = cat)");
        assertThat(Loads.only(result).priority()).isEqualTo(Priority.ERROR);
        assertThat(Loads.only(result).tags()).containsExactly("t");
    }

    @Test
    void listsThatALaterFileChangesAreSeenByEarlierRules() {
        LoadResult result =
                Loads.of(
                        "- list: inner\n  items: [a]\n- list: outer\n  items: [inner, b]\n"
                                + rule("r", "proc.name in (outer, later)"),
                        "- list: inner\n  items: [c]\n  override: {items: append}\n",
                        "- list: later\n  items: [d]\n");
        assertThat(condition(result)).isEqualTo("proc.name in (a, c, b, d)");
    }

    @Test
    void aListThatOnlyAnEarlierFileUsesIsNotUnused() {
        LoadResult result =
                Loads.of(
                        "- list: names\n  items: [a]\n" + rule("r", "proc.name in (names)"),
                        "- list: other\n  items: [b]\n");
        assertThat(result.report().warnings())
                .extracting(Diagnostic::code, Diagnostic::item)
                .contains(tuple(LoadCode.LOAD_UNUSED_LIST, "list \"other\""))
                .doesNotContain(tuple(LoadCode.LOAD_UNUSED_LIST, "list \"names\""));
    }

    @Test
    void everyRuleIsWarnedOfWhatItsMacroDoes() {
        LoadResult result =
                Loads.of(
                        "- macro: entering\n  condition: evt.dir = <\n"
                                + rule("a", "evt.type = open and entering")
                                + rule("b", "evt.type = open and entering"));
        assertThat(result.report().warnings())
                .filteredOn(each -> each.code() == LoadCode.LOAD_DEPRECATED_ITEM)
                .extracting(Diagnostic::item)
                .containsExactly("rule \"a\"", "rule \"b\"");
    }

    @Test
    void aRedefinitionKeepsItsPlaceInTheOrder() {
        LoadResult result =
                Loads.of(
                        rule("a", "evt.type = open") + rule("b", "evt.type = open"),
                        rule("a", "evt.type = close"));
        assertThat(result.ruleset().rules()).extracting(Rule::name).containsExactly("a", "b");
        assertThat(result.ruleset().rules().getFirst().conditionText())
                .isEqualTo("evt.type = close");
    }

    @Test
    void exceptionsBecomePartOfTheCondition() {
        LoadResult result =
                Loads.of(
                        rule("r", "evt.type = open")
                                + """
                                  exceptions:
                                    - name: rows
                                      fields: [proc.name, fd.name]
                                      comps: [=, pmatch]
                                      values:
                                        - [cat, [/a, /b c]]
                                        - [x y, /d]
                                    - name: one
                                      fields: proc.pname
                                      values: [p]
                                    - name: empty
                                      fields: proc.name
                                """);
        assertThat(condition(result))
                .isEqualTo(
                        "(evt.type = open and not ((proc.name = cat and fd.name pmatch (/a, \"/b"
                                + " c\")) or (proc.name = \"x y\" and fd.name pmatch (/d))) and not"
                                + " proc.pname in (p))");
        assertThat(Loads.only(result).exceptions()).containsExactly("rows", "one", "empty");
    }

    @Test
    void aBrokenRuleTakesNoGoodOneWithIt() {
        LoadResult result =
                Loads.of(
                        rule("good", "evt.type = open")
                                + rule("syntax", "evt.type = ")
                                + rule("field", "foo.bar = 1")
                                + "- rule: shape\n  desc: d\n"
                                + rule("also good", "evt.type = close"));
        assertThat(result.ruleset().rules())
                .extracting(Rule::name)
                .containsExactly("good", "also good");
        assertThat(codes(result.report().errors()))
                .containsExactly(
                        LoadCode.LOAD_ERR_YAML_VALIDATE,
                        LoadCode.LOAD_ERR_COMPILE_CONDITION,
                        LoadCode.LOAD_ERR_COMPILE_CONDITION);
        assertThat(result.report().rules()).isEqualTo(2);
    }

    @Test
    void theFirstErrorIsTheOnlyOneWhereThatIsWanted() {
        LoadOptions options = new LoadOptions(FieldCatalog.standard(), null, List.of(), true);
        LoadResult result =
                new RuleLoader(options)
                        .load(
                                List.of(
                                        new RuleFile(
                                                "f", rule("a", "x.y = 1") + rule("b", "x.y = 1"))));
        assertThat(result.report().errors()).hasSize(1);
        assertThat(result.ruleset().rules()).isEmpty();
    }

    @Test
    void aFileCannotUseWhatOnlyALaterOneDefines() {
        LoadResult result =
                Loads.of(
                        rule("r", "evt.type = open and later"),
                        "- macro: later\n  condition: proc.name = x\n");
        assertThat(codes(result.report().files().get(0).errors()))
                .containsExactly(LoadCode.LOAD_ERR_VALIDATE);
        assertThat(result.report().files().get(1).errors()).isEmpty();
        assertThat(
                        condition(
                                Loads.of(
                                        "- macro: later\n  condition: proc.name = x\n",
                                        rule("r", "evt.type = open and later"))))
                .isEqualTo("(evt.type = open and proc.name = x)");
    }

    @Test
    void whatALaterFileUsesIsNotReportedUnused() {
        LoadResult result =
                Loads.of(
                        "- macro: m\n  condition: proc.name = x\n- macro: idle\n  condition: a.b = c\n",
                        rule("r", "evt.type = open and m"));
        assertThat(result.report().warnings())
                .extracting(Diagnostic::item)
                .containsExactly("macro \"idle\"");
    }

    @Test
    void macrosThatReferToThemselvesAreErrors() {
        LoadResult result =
                Loads.of(
                        """
                        - macro: a
                          condition: b
                        - macro: b
                          condition: a
                        - macro: a
                          condition: b
                        """);
        assertThat(codes(result.report().errors())).containsOnly(LoadCode.LOAD_ERR_VALIDATE);
        assertThat(result.report().text()).contains("refers to itself");
    }

    @Test
    void rulesOfSourcesThatAreNotThereAreDormant() {
        LoadResult result =
                Loads.of(
                        """
                        - rule: r
                          desc: d
                          condition: ((broken
                          output: o
                          priority: INFO
                          source: nginx
                        """);
        assertThat(Loads.only(result).dormant()).isTrue();
        assertThat(codes(result.report().warnings())).containsExactly(LoadCode.LOAD_UNKNOWN_SOURCE);
        assertThat(
                        result.ruleset()
                                .matcher(MatchStrategy.ALL, Selection.DEFAULT, Priority.DEBUG)
                                .rules())
                .isEmpty();
    }

    @Test
    void extraOutputsGoToTheRulesTheyAreMeantFor() {
        LoadOptions options =
                new LoadOptions(
                        FieldCatalog.standard(),
                        null,
                        List.of(
                                new LoadOptions.ExtraOutput("pid=%proc.pid", "", Set.of(), "a"),
                                new LoadOptions.ExtraOutput("x", "k8s_audit", Set.of(), "")),
                        false);
        LoadResult result =
                new RuleLoader(options)
                        .load(
                                List.of(
                                        new RuleFile(
                                                "f",
                                                rule("a", "evt.type = open")
                                                        + rule("b", "evt.type = open"))));
        assertThat(result.ruleset().rules())
                .extracting(Rule::template)
                .containsExactly("o %proc.name pid=%proc.pid", "o %proc.name");
        assertThat(result.ruleset().rules().getFirst().output()).isEqualTo("o %proc.name");
    }

    @Test
    void pluginsAreCheckedWhenTheyAreKnown() {
        String file = "- required_plugin_versions:\n    - {name: json, version: 0.2.0}\n";
        LoadOptions options =
                new LoadOptions(
                        FieldCatalog.standard(),
                        List.of(new LoadOptions.Plugin("json", "0.1.9")),
                        List.of(),
                        false);
        LoadReport report = new RuleLoader(options).load(List.of(new RuleFile("f", file))).report();
        assertThat(report.unmetPlugins()).singleElement().asString().contains("json 0.2.0");
        assertThat(Loads.of(file).report().unmetPlugins()).isEmpty();
    }
}
