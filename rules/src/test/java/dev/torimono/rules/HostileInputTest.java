// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.format.OutputTemplate;
import dev.torimono.rules.plan.ConditionCompiler;
import dev.torimono.rules.syntax.ConditionParser;
import dev.torimono.rules.syntax.Expr;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged input of every kind: nothing but a report or a RuleException may come of it, soon. {@code
 * -Dfuzz.rounds=N} makes it as thorough as one likes.
 */
class HostileInputTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 2_000);
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final List<String> CONDITIONS =
            List.of(
                    "evt.type in (open, openat) and (fd.name startswith /etc or not proc.name exists)",
                    "proc.aname[2] = \"a \\\"b\\\" \\x41\" and fd.sport > 0x10 or not(evt.failed = true)",
                    "tolower(join(\"-\", (proc.name, \"x\", 3))) contains anyof (a, 'b c', d)",
                    "getopt(proc.args, \"ab:\")[b] = val(proc.pname) and fd.net in (\"10.0.0.0/8\")",
                    "proc.cmdline regex '^[a-z]+(x|y){1,3}$' or fd.name pmatch (/etc/*, /dev)");

    private static final List<String> OUTPUTS =
            List.of(
                    "x %proc.name %20fd.name %proc.aname[2] %evt.arg.flags %toupper(proc.name)",
                    "*%evt.time %user.name (%proc.cmdline) %evt.rawarg.res %join(\"-\", (proc.name))");

    private static final List<String> FILES =
            List.of(
                    """
                    - required_engine_version: 0.31.0
                    - list: shells
                      items: [bash, sh, "a b", '=']
                    - macro: shell
                      condition: proc.name in (shells)
                    - rule: Shell
                      desc: a shell
                      condition: >
                        evt.type = execve and shell
                        and not proc.pname = cron
                      output: shell %proc.name
                      priority: NOTICE
                      tags: [a, b]
                      exceptions:
                        - name: e
                          fields: [proc.name, fd.name]
                          comps: [=, in]
                          values:
                            - [bash, [/a, /b]]
                        - name: f
                          fields: proc.pname
                          values: [x, y z]
                    """,
                    """
                    - list: shells
                      items: &more [zsh, shells]
                      override: {items: append}
                    - rule: Shell
                      condition: or evt.type = open
                      exceptions:
                        - name: e
                          values:
                            - [sh, [/c]]
                      override:
                        condition: append
                        exceptions: append
                    - list: other
                      items: *more
                    - rule: Shell
                      enabled: false
                    """);

    @Test
    void conditionsAreReadOrRefused() {
        Mutator mutator = new Mutator(1);
        ConditionCompiler compiler = new ConditionCompiler(FieldCatalog.standard());
        for (int i = 0; i < ROUNDS * 5; i++) {
            String text = mutator.mutate(mutator.pick(CONDITIONS), mutator.pick(CONDITIONS));
            assertTimeout(SOON, () -> compile(compiler, text), text);
        }
    }

    private static void compile(ConditionCompiler compiler, String text) {
        try {
            Expr expr = ConditionParser.parse(text, ConditionParser.RULE_DEPTH, 0);
            assertThat(expr.toString()).isNotEmpty();
            compiler.compile(expr, "syscall").eventTypes();
        } catch (RuleException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Test
    void outputsAreReadOrRefused() {
        Mutator mutator = new Mutator(2);
        FieldCatalog catalog = FieldCatalog.standard();
        for (int i = 0; i < ROUNDS * 5; i++) {
            String text = mutator.mutate(mutator.pick(OUTPUTS), mutator.pick(CONDITIONS));
            assertTimeout(SOON, () -> template(text, catalog), text);
        }
    }

    private static void template(String text, FieldCatalog catalog) {
        try {
            assertThat(OutputTemplate.parse(text, "syscall", catalog).fieldNames()).isNotNull();
        } catch (RuleException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\x", "\"\\x4", "a: \"\\u12", "\"\\U80000000\"", "\"\\UFFFFFFFF\""})
    void escapesWithoutAValidNumberAreRefusedAtTheirPlace(String text) {
        LoadReport report =
                new RuleLoader(LoadOptions.DEFAULT)
                        .load(List.of(new RuleFile("1", "- list: l\n" + text)))
                        .report();
        assertThat(report.text()).contains("1:2:").contains("LOAD_ERR_YAML_PARSE");
        assertThat(report.errors()).hasSize(1);
    }

    @Test
    void filesEndInAReport() {
        Mutator mutator = new Mutator(3);
        for (int i = 0; i < ROUNDS; i++) {
            String first = mutator.mutate(FILES.get(0), mutator.pick(FILES));
            String second = mutator.mutate(FILES.get(1), mutator.pick(FILES));
            List<RuleFile> files = List.of(new RuleFile("1", first), new RuleFile("2", second));
            assertTimeout(
                    SOON,
                    () -> {
                        LoadReport report =
                                new RuleLoader(LoadOptions.DEFAULT).load(files).report();
                        assertThat(report.text()).isNotEmpty();
                        assertThat(report.json()).startsWith("{");
                    },
                    first + "\n=====\n" + second);
        }
    }

    @Test
    void macrosOfMacrosAreRefusedBeforeTheyExplode() {
        StringBuilder file = new StringBuilder("- macro: m0\n  condition: proc.name = a\n");
        for (int i = 1; i < 60; i++) {
            String last = "m" + (i - 1);
            file.append("- macro: m").append(i).append("\n  condition: ");
            file.append((last + " and ").repeat(9)).append(last).append('\n');
        }
        file.append("- rule: r\n  desc: d\n  condition: m59\n  output: o\n  priority: INFO\n");
        refused(file.toString(), "too large");
    }

    @Test
    void listsOfListsAreRefusedBeforeTheyExplode() {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            file.append("- list: l").append(i).append("\n  items: [");
            file.append(("l" + (i + 1) + ", ").repeat(10)).append("x]\n");
        }
        file.append("- rule: r\n  desc: d\n  condition: proc.name in (l0)\n  output: o\n")
                .append("  priority: INFO\n");
        refused(file.toString(), "characters");
    }

    @Test
    void longChainsOfMacrosAreRefusedBeforeTheyOverflowTheStack() {
        StringBuilder file = new StringBuilder("- macro: m0\n  condition: proc.name = a\n");
        StringBuilder backwards = new StringBuilder();
        for (int i = 1; i < 10_000; i++) {
            String item = "- macro: m" + i + "\n  condition: m" + (i - 1) + " or proc.pid = 1\n";
            file.append(item);
            backwards.insert(0, item);
        }
        file.append(rule("m9999"));
        refused(file.toString(), "nest deeper");
        refused(backwards + file.toString(), "nest deeper");
    }

    @Test
    void endlessAppendingIsRefused() {
        String more =
                """
                - rule: r
                  condition: or proc.name = another
                  tags: [x]
                  override: {condition: append, tags: append}
                """;
        refused(rule("proc.name = a") + more.repeat(5_000), "times");
        String items = "- list: l\n  items: [abc]\n";
        refused(items + (items + "  override: {items: append}\n").repeat(10_000), "times");
    }

    @Test
    void thousandsOfMistakesAreNotAllTold() {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            file.append("- macro: undefined_macro_").append(i).append("\n  condition: ");
            file.append("undefined_macro_x").append(i).append('\n');
        }
        LoadReport report = refused(file.toString(), "undefined macro");
        assertThat(report.errors()).hasSizeLessThanOrEqualTo(101);
    }

    @Test
    void mistakesOnOneEndlessLineAreToldBriefly() {
        LoadReport report = refused("[" + "{rule: a, b: c}, ".repeat(25_000) + "]", "missing");
        assertThat(report.text().length()).isLessThan(100_000);
        assertThat(report.json().length()).isLessThan(6_000_000);
    }

    @Test
    void manyListsAndRulesAreNoProduct() {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 8_000; i++) {
            file.append("- list: l").append(i).append("\n  items: [a]\n");
        }
        for (int i = 0; i < 4_000; i++) {
            file.append("- macro: m").append(i).append("\n  condition: proc.name in (l1)\n");
        }
        LoadReport report =
                assertTimeout(
                        SOON,
                        () ->
                                new RuleLoader(LoadOptions.DEFAULT)
                                        .load(List.of(new RuleFile("f", file.toString())))
                                        .report());
        assertThat(report.ok()).isTrue();
    }

    @Test
    void oneLongListInManyRulesIsRefusedBeforeItFillsTheMemory() {
        StringBuilder file = new StringBuilder("- list: l\n  items: [");
        file.append("item, ".repeat(50_000)).append("x]\n");
        for (int i = 0; i < 60; i++) {
            file.append(
                    rule("evt.type = open and proc.name in (l)").replace("r\n", "r" + i + "\n"));
        }
        refused(file.toString(), "more than 400000 values");
    }

    @Test
    void aConditionOfMegabytesIsRefusedSoon() {
        refused(rule("(".repeat(3_900_000)), "nested too deep");
        refused(rule("x ".repeat(1_900_000)), "LOAD_ERR");
    }

    private static String rule(String condition) {
        return "- rule: r\n  desc: d\n  condition: "
                + condition
                + "\n  output: o\n  priority: INFO\n";
    }

    private static LoadReport refused(String content, String why) {
        LoadReport report =
                assertTimeout(
                        SOON,
                        () ->
                                new RuleLoader(LoadOptions.DEFAULT)
                                        .load(List.of(new RuleFile("f", content)))
                                        .report());
        assertThat(report.ok()).isFalse();
        assertThat(report.text()).contains(why);
        return report;
    }
}
