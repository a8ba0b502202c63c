// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import dev.torimono.agent.format.JsonWriter;
import dev.torimono.rules.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Questions to YAML nodes. */
final class Nodes {
    private static final Pattern PLAIN = Pattern.compile("[\\w/.+-][\\w/.:+-]*(?<!:)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    private Nodes() {}

    /** Nothing was given: {@code key:} alone, or null. */
    static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL)
                || (node instanceof ScalarNode scalar
                        && scalar.isPlain()
                        && scalar.getValue().isEmpty());
    }

    /**
     * The one document of a text; empty when there is none.
     *
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is none
     */
    static Optional<Node> compose(String label, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(label).build();
        return Yaml.node(settings, text);
    }

    static Node scalar(String text) {
        return new ScalarNode(Tag.STR, text, ScalarStyle.DOUBLE_QUOTED);
    }

    static Node sequence(List<String> elements) {
        return new SequenceNode(
                Tag.SEQ, elements.stream().map(Nodes::scalar).toList(), FlowStyle.FLOW);
    }

    /** The same with every <code>${NAME}</code> replaced; a node that has none stays as it is. */
    static Node expand(Node node, UnaryOperator<String> variables) {
        return switch (node) {
            case ScalarNode scalar when scalar.getValue().contains("${") ->
                    scalar(
                            VARIABLE.matcher(scalar.getValue())
                                    .replaceAll(
                                            match ->
                                                    Matcher.quoteReplacement(
                                                            variables.apply(match.group(1)))));
            case SequenceNode sequence ->
                    new SequenceNode(
                            sequence.getTag(),
                            sequence.getValue().stream().map(e -> expand(e, variables)).toList(),
                            sequence.getFlowStyle());
            case MappingNode mapping ->
                    new MappingNode(
                            mapping.getTag(),
                            mapping.getValue().stream()
                                    .map(
                                            tuple ->
                                                    new NodeTuple(
                                                            tuple.getKeyNode(),
                                                            expand(
                                                                    tuple.getValueNode(),
                                                                    variables)))
                                    .toList(),
                            mapping.getFlowStyle());
            default -> node;
        };
    }

    /** The node as YAML in one line. */
    static String flow(Node node) {
        return switch (node) {
            case SequenceNode sequence ->
                    sequence.getValue().stream()
                            .map(Nodes::flow)
                            .collect(Collectors.joining(", ", "[", "]"));
            case MappingNode mapping ->
                    mapping.getValue().stream()
                            .map(t -> flow(t.getKeyNode()) + ": " + flow(t.getValueNode()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case ScalarNode scalar -> quoted(scalar.getValue());
            default -> "";
        };
    }

    /** A text as a YAML scalar; quoted only where it must be. */
    static String quoted(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        return new String(new JsonWriter().string(text).toBytes(), StandardCharsets.UTF_8);
    }

    /** The value below a mapping's key; empty when there is none. */
    static Optional<Node> child(Node node, String key) {
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        return mapping.getValue().stream()
                .filter(
                        tuple ->
                                tuple.getKeyNode() instanceof ScalarNode name
                                        && name.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .filter(value -> !isNothing(value))
                .findFirst();
    }

    static Optional<String> text(Node node, String key) {
        return child(node, key).map(Kind::scalar);
    }
}
