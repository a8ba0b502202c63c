// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Priority;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.Rule;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.check.RuleTestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every shipped rule owes its users. */
class RulesetTest {
    private static final Path ROOT = Path.of(System.getProperty("torimono.root"));
    private static final Path RESOURCES =
            ROOT.resolve("ruleset/src/main/resources/dev/torimono/ruleset");
    private static final Path INDEX_PAGE = ROOT.resolve("docs/rules/README.md");
    private static final List<String> HEADINGS =
            List.of(
                    "## Summary",
                    "## What it catches",
                    "## Why it matters",
                    "## False positives and tuning",
                    "## MITRE",
                    "## Source events");

    private final LoadResult loaded = load();

    static LoadResult load() {
        List<RuleFile> files =
                ShippedRules.files().stream()
                        .map(file -> new RuleFile(file.name(), file.content()))
                        .toList();
        return new RuleLoader(LoadOptions.DEFAULT).load(files);
    }

    @Test
    void everyRulesFileIsInTheIndex() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            assertThat(
                            files.map(RESOURCES::relativize)
                                    .map(Path::toString)
                                    .filter(name -> name.endsWith(".yaml"))
                                    .filter(name -> !name.endsWith("test.yaml"))
                                    .filter(name -> !name.startsWith("policies/")))
                    .containsExactlyInAnyOrderElementsOf(ShippedRules.names());
        }
    }

    @Test
    void rulesLoadWithoutErrorOrWarning() {
        assertThat(loaded.report().errors()).isEmpty();
        assertThat(loaded.report().warnings()).isEmpty();
        assertThat(loaded.ruleset().rules()).hasSize(ruleFolders().size());
    }

    @Test
    void everyRuleHasATestAndAPage() {
        for (String folder : ruleFolders()) {
            Rule rule = ruleIn(folder);
            assertThat(ShippedRules.text(folder + "test.yaml")).as(folder).contains(rule.name());
            String page = ShippedRules.text(folder + "README.md");
            assertThat(page).as(folder).startsWith("# " + rule.name() + "\n");
            assertThat(page.lines().filter(line -> line.startsWith("## ")))
                    .as(folder)
                    .containsExactlyElementsOf(HEADINGS);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyTestOfEveryRule() {
        return ruleFolders().stream().flatMap(this::testsIn);
    }

    private Stream<DynamicTest> testsIn(String folder) {
        String name = folder + "test.yaml";
        RuleTestFile file = RuleTestFile.read(new RuleFile(name, ShippedRules.text(name)));
        return file.tests().stream()
                .map(
                        test ->
                                DynamicTest.dynamicTest(
                                        ruleIn(folder).name() + ": " + test.name(),
                                        () ->
                                                assertThat(test.run(loaded.ruleset()).differences())
                                                        .as(test.position().toString())
                                                        .isEmpty()));
    }

    @Test
    void everyRuleSaysWhereItAppliesAndWhichTechniqueItShows() {
        for (Rule rule : loaded.ruleset().rules()) {
            assertThat(rule.tags()).as(rule.name()).contains("container");
            assertThat(rule.tags()).as(rule.name()).anyMatch(tag -> tag.startsWith("mitre_"));
            assertThat(rule.tags())
                    .as(rule.name())
                    .anyMatch(tag -> tag.matches("TA?\\d{4}(\\..*)?"));
            assertThat(rule.priority()).as(rule.name()).isNotEqualTo(Priority.DEBUG);
            assertThat(rule.output())
                    .as(rule.name())
                    .contains("%user.name", "%proc.cmdline", "%proc.tty", "%proc.pname");
        }
    }

    @Test
    void maliciousFilenamesKeepsItsFoundingCondition() {
        Rule rule = ruleIn("command-and-control/malicious-filenames-written/");
        assertThat(rule.conditionText())
                .isEqualTo(
                        "open_write and fd.filename in (malicious_filenames)"
                                + " and not fd.filename in (user_known_filenames)");
    }

    @Test
    void theIndexPageListsEveryRule() throws IOException {
        StringBuilder table = new StringBuilder();
        for (String folder : ruleFolders()) {
            Rule rule = ruleIn(folder);
            String page = ShippedRules.text(folder + "README.md");
            String summary = page.split("\n## What it catches")[0].split("## Summary\n")[1].strip();
            table.append("| [")
                    .append(rule.name())
                    .append("](../../ruleset/src/main/resources/dev/torimono/ruleset/")
                    .append(folder)
                    .append("README.md) | ")
                    .append(rule.priority().label())
                    .append(" | ")
                    .append(summary)
                    .append(" |\n");
        }
        assertThat(Files.readString(INDEX_PAGE)).contains(table);
    }

    private static List<String> ruleFolders() {
        return ShippedRules.names().stream()
                .filter(name -> name.endsWith("/rule.yaml"))
                .map(name -> name.substring(0, name.length() - "rule.yaml".length()))
                .toList();
    }

    private Rule ruleIn(String folder) {
        List<Rule> rules =
                loaded.ruleset().rules().stream()
                        .filter(rule -> rule.position().file().equals(folder + "rule.yaml"))
                        .toList();
        assertThat(rules).as(folder).hasSize(1);
        return rules.getFirst();
    }
}
