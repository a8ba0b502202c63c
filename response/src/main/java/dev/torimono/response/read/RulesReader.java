// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.read;

import dev.torimono.response.policy.RuleChoice;
import dev.torimono.response.scope.Wildcard;
import dev.torimono.rules.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a policy's list of rules and checks that each line takes some rule. */
final class RulesReader {
    private final YamlFile file;
    private final KnownRules known;
    private final boolean lenient;

    /** Lenient readers only warn of unknown names: shipped policies may meet foreign rules. */
    RulesReader(YamlFile file, KnownRules known, boolean lenient) {
        this.file = file;
        this.known = known;
        this.lenient = lenient;
    }

    List<RuleChoice> read(List<Node> nodes) {
        List<RuleChoice> choices = new ArrayList<>();
        for (Node node : nodes) {
            RuleChoice choice = choice(node);
            if (choice != null) {
                check(choice);
                choices.add(choice);
            }
        }
        return choices;
    }

    private @Nullable RuleChoice choice(Node node) {
        if (node instanceof ScalarNode scalar) {
            return named(node, scalar.getValue().strip(), true);
        }
        Section section = Section.of(file, node, "rule");
        if (section == null) {
            return null;
        }
        String name = section.text("name", "");
        String tag = section.text("tag", "");
        boolean enabled = section.flag("enabled", true);
        section.end();
        Position position = file.position(node);
        if (name.isEmpty() == tag.isEmpty()) {
            file.error(node, "rule: write either \"name\" or \"tag\"");
            return null;
        }
        return name.isEmpty()
                ? new RuleChoice.Tagged(tag, enabled, position)
                : named(node, name, enabled);
    }

    private @Nullable RuleChoice named(Node node, String name, boolean enabled) {
        String problem = Wildcard.problem(name);
        if (!problem.isEmpty()) {
            file.error(node, "rule: bad wildcard: " + problem);
            return null;
        }
        return new RuleChoice.Named(name, enabled, file.position(node));
    }

    private void check(RuleChoice choice) {
        boolean takesAny =
                known.tagsByName().entrySet().stream()
                        .anyMatch(rule -> choice.matches(rule.getKey(), rule.getValue()));
        if (takesAny) {
            return;
        }
        switch (choice) {
            case RuleChoice.Named named when Wildcard.isWild(named.name()) ->
                    file.warn(named.position(), "no rule is named like " + named);
            case RuleChoice.Named named -> {
                String hint = Nearest.hint(named.name(), known.names());
                unknown(named.position(), "there is no rule \"" + named.name() + "\"" + hint);
            }
            case RuleChoice.Tagged tagged ->
                    file.warn(
                            tagged.position(),
                            "no rule has the tag \""
                                    + tagged.tag()
                                    + "\""
                                    + Nearest.hint(tagged.tag(), known.tags()));
        }
    }

    private void unknown(Position position, String message) {
        if (lenient) {
            file.warn(position, message);
        } else {
            file.error(position, message);
        }
    }
}
