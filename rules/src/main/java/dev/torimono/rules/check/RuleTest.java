// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.model.Finding;
import dev.torimono.model.Priority;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.Position;
import dev.torimono.rules.Ruleset;
import dev.torimono.rules.Selection;
import java.util.ArrayList;
import java.util.List;

/** One test of rules: events in, findings out. */
public final class RuleTest {
    private final String name;
    private final Position position;
    private final List<String> rules;
    private final MatchStrategy strategy;
    private final List<EventDescription> events;
    private final List<ExpectedFinding> expected;

    /**
     * How a test went.
     *
     * @param test its name
     * @param position where it is written
     * @param differences what was not as expected; empty when it passed
     */
    public record Result(String test, Position position, List<String> differences) {
        public Result {
            differences = List.copyOf(differences);
        }

        public boolean passed() {
            return differences.isEmpty();
        }
    }

    RuleTest(
            String name,
            Position position,
            List<String> rules,
            MatchStrategy strategy,
            List<EventDescription> events,
            List<ExpectedFinding> expected) {
        this.name = name;
        this.position = position;
        this.rules = List.copyOf(rules);
        this.strategy = strategy;
        this.events = List.copyOf(events);
        this.expected = List.copyOf(expected);
    }

    public String name() {
        return name;
    }

    public Position position() {
        return position;
    }

    /** Runs it; the findings must be the expected ones, in order, and no others. */
    public Result run(Ruleset ruleset) {
        List<String> differences = new ArrayList<>();
        for (String rule : rules) {
            if (ruleset.rule(rule).isEmpty()) {
                differences.add("no rule \"" + rule + "\" is loaded");
            }
        }
        if (differences.isEmpty()) {
            differences.addAll(ExpectedFinding.compare(expected, findings(ruleset)));
        }
        return new Result(name, position, differences);
    }

    private List<Finding> findings(Ruleset ruleset) {
        Matcher matcher = ruleset.matcher(strategy, selection(), Priority.DEBUG);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            matcher.match(events.get(i).observe(i), findings::add);
        }
        return findings;
    }

    /** With rules named, those alone, even when they are disabled by default. */
    private Selection selection() {
        if (rules.isEmpty()) {
            return Selection.DEFAULT;
        }
        Selection selection = Selection.DEFAULT.disableNamed("*");
        for (String rule : rules) {
            selection = selection.enableNamed(rule);
        }
        return selection;
    }
}
