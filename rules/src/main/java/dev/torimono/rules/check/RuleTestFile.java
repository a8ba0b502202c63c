// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.Ruleset;
import dev.torimono.rules.read.LoadException;
import dev.torimono.rules.read.Source;
import dev.torimono.rules.read.YamlNode;
import dev.torimono.rules.read.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A file of tests of rules, in the format that {@code docs/rules-test.md} describes. */
public final class RuleTestFile {
    private static final Set<String> KEYS =
            Set.of("test", "rules", "strategy", "process", "container", "events", "findings");

    private final List<RuleTest> tests;

    private RuleTestFile(List<RuleTest> tests) {
        this.tests = List.copyOf(tests);
    }

    /**
     * Reads a file.
     *
     * @throws RuleException when it is not in the format; the message says where
     */
    public static RuleTestFile read(RuleFile file) {
        List<RuleTest> tests = new ArrayList<>();
        try {
            for (YamlNode document : YamlReader.read(new Source(file.name(), file.content()))) {
                for (YamlNode node : Described.list(document)) {
                    tests.add(test(node));
                }
            }
        } catch (LoadException e) {
            throw Described.error(e.getMessage(), e.place());
        }
        return new RuleTestFile(tests);
    }

    public List<RuleTest> tests() {
        return tests;
    }

    /** Runs every test. */
    public List<RuleTest.Result> run(Ruleset ruleset) {
        return tests.stream().map(test -> test.run(ruleset)).toList();
    }

    private static RuleTest test(YamlNode node) {
        Described described = Described.of(node, "a test", KEYS);
        List<EventDescription> events = new ArrayList<>();
        YamlNode eventNodes = described.get("events");
        if (eventNodes == null) {
            throw Described.error("a test needs 'events'", described.at());
        }
        for (YamlNode event : Described.list(eventNodes)) {
            events.add(
                    new EventDescription(
                            event, described.get("process"), described.get("container")));
        }
        List<ExpectedFinding> expected = new ArrayList<>();
        if (!described.has("findings")) {
            throw Described.error(
                    "a test needs 'findings', an empty list when there are none", described.at());
        }
        YamlNode findings = described.get("findings");
        if (findings != null) {
            Described.list(findings).forEach(each -> expected.add(ExpectedFinding.of(each)));
        }
        return new RuleTest(
                described.required("test"),
                described.at().position(),
                described.texts("rules"),
                strategy(described),
                events,
                expected);
    }

    private static MatchStrategy strategy(Described described) {
        return switch (described.text("strategy", "all")) {
            case "all" -> MatchStrategy.ALL;
            case "first" -> MatchStrategy.FIRST;
            default -> throw Described.error("strategy is first or all", described.at("strategy"));
        };
    }
}
