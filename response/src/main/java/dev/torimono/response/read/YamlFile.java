// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.read;

import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.policy.Problem;
import dev.torimono.rules.Position;
import dev.torimono.rules.syntax.Span;
import dev.torimono.rules.yaml.Yaml;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** One YAML file as nodes, and how to point into it. */
final class YamlFile {
    /** A policy file larger than this is a mistake or an attack. */
    private static final int MAX_CHARS = 4 << 20;

    private final String name;
    private final List<String> lines;
    private final String content;
    private final Problems problems;

    YamlFile(PolicyFile file, Problems problems) {
        this.name = file.name();
        this.content = file.content();
        this.lines = file.content().lines().toList();
        this.problems = problems;
    }

    /** The document's root; null when the file is empty or no YAML, which is told. */
    @Nullable Node root() {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(name)
                        .setCodePointLimit(MAX_CHARS)
                        .setAllowDuplicateKeys(true)
                        .setMaxAliasesForCollections(50)
                        .build();
        try {
            Optional<Node> root = Yaml.node(settings, content);
            if (root.isEmpty()) {
                error(1, 1, "no policies: the file is empty");
            }
            return root.orElse(null);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark();
            error(
                    mark.map(m -> m.getLine() + 1).orElse(1),
                    mark.map(m -> m.getColumn() + 1).orElse(1),
                    "no valid YAML: " + e.getProblem());
            return null;
        } catch (YamlEngineException e) {
            error(1, 1, "no valid YAML: " + e.getMessage());
            return null;
        }
    }

    Position position(Node node) {
        Optional<Mark> mark = node.getStartMark();
        return new Position(
                name,
                mark.map(m -> m.getLine() + 1).orElse(1),
                mark.map(m -> m.getColumn() + 1).orElse(1));
    }

    void error(Node node, String message) {
        problems.error(problem(position(node), message));
    }

    void warn(Position position, String message) {
        problems.warn(problem(position, message));
    }

    void error(Position position, String message) {
        problems.error(problem(position, message));
    }

    /** Points into a scalar where its text stands on one line as written, else at its start. */
    void error(ScalarNode node, @Nullable Span span, String message) {
        Position start = position(node);
        if (span == null) {
            error(node, message);
            return;
        }
        int offset = node.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1;
        String line = line(start.line());
        int from = start.column() - 1 + offset;
        if (node.getScalarStyle() == ScalarStyle.LITERAL
                || node.getScalarStyle() == ScalarStyle.FOLDED) {
            line = line(start.line() + 1);
            from = line.length() - line.stripLeading().length();
            start = new Position(name, start.line() + 1, from + 1);
            offset = 0;
        }
        if (line.startsWith(node.getValue().stripTrailing(), from)) {
            start = new Position(name, start.line(), from + 1 + span.start());
        }
        problems.error(problem(start, message));
    }

    private void error(int line, int column, String message) {
        problems.error(problem(new Position(name, line, column), message));
    }

    private Problem problem(Position position, String message) {
        return new Problem(position, message, line(position.line()));
    }

    private String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
}
