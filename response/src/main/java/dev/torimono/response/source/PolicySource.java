// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.source;

import dev.torimono.response.policy.PolicyFile;
import dev.torimono.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The policies of a file as they are written, comments included. */
public final class PolicySource {
    /**
     * One policy, or one change of a managed policy, as written.
     *
     * @param name its name
     * @param managed whether it stands under {@code managed}
     * @param firstLine its first line, from 1
     * @param lastLine its last line
     * @param column where its keys begin, from 0
     * @param flow whether it is written with braces
     * @param exceptionsEnd last line of its exceptions; 0 when it has none
     */
    public record Block(
            String name,
            boolean managed,
            int firstLine,
            int lastLine,
            int column,
            boolean flow,
            int exceptionsEnd) {}

    private final PolicyFile file;
    private final List<String> lines;
    private final List<Block> blocks = new ArrayList<>();

    private PolicySource(PolicyFile file) {
        this.file = file;
        this.lines = file.content().lines().toList();
    }

    /** Cuts a file; what is no policy file has no policies. */
    public static PolicySource of(PolicyFile file) {
        PolicySource source = new PolicySource(file);
        if (root(file) instanceof MappingNode root) {
            for (NodeTuple tuple : root.getValue()) {
                String key = text(tuple.getKeyNode());
                if ((key.equals("policies") || key.equals("managed"))
                        && tuple.getValueNode() instanceof SequenceNode list) {
                    list.getValue().forEach(node -> source.add(node, key.equals("managed")));
                }
            }
        }
        return source;
    }

    public PolicyFile file() {
        return file;
    }

    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /** A policy of that name. */
    public Optional<Block> find(String name) {
        return blocks.stream().filter(block -> block.name().equals(name)).findFirst();
    }

    /** A policy as written, as an element of a list that begins at the margin. */
    public String text(Block block) {
        StringBuilder text = new StringBuilder();
        int dash = Math.max(0, block.column() - 2);
        for (int i = block.firstLine(); i <= block.lastLine(); i++) {
            String line = lines.get(i - 1);
            int cut = Math.min(dash, line.length() - line.stripLeading().length());
            text.append(line.substring(cut)).append('\n');
        }
        return text.toString();
    }

    /** The whole file with lines added behind one. */
    String with(int behind, List<String> more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(Math.min(behind, all.size()), more);
        return String.join("\n", all) + "\n";
    }

    List<String> lines() {
        return lines;
    }

    private void add(Node node, boolean managed) {
        if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
            return;
        }
        String name = "";
        int exceptionsEnd = 0;
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            if (key.equals("name")) {
                name = text(tuple.getValueNode());
            } else if (key.equals("exceptions")) {
                exceptionsEnd = lastLine(tuple.getValueNode());
            }
        }
        int first = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        int column = node.getStartMark().map(Mark::getColumn).orElse(0);
        boolean flow = mapping.getFlowStyle() == FlowStyle.FLOW;
        blocks.add(new Block(name, managed, first, lastLine(node), column, flow, exceptionsEnd));
    }

    /**
     * A block's end mark lies at whatever comes behind it; blank lines and comments are not its.
     */
    private int lastLine(Node node) {
        int start = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        int end = node.getEndMark().map(mark -> mark.getLine() + 1).orElse(start);
        boolean flow = node instanceof CollectionNode<?> c && c.getFlowStyle() == FlowStyle.FLOW;
        return flow ? end : Math.min(deepest(node, start), end);
    }

    /** The last line on which something of a node begins or a scalar of it ends. */
    private int deepest(Node node, int least) {
        int last = Math.max(least, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    last = deepest(tuple.getValueNode(), deepest(tuple.getKeyNode(), last));
                }
            }
            case SequenceNode list -> {
                for (Node element : list.getValue()) {
                    last = deepest(element, last);
                }
            }
            case ScalarNode scalar -> last = Math.max(last, scalarEnd(scalar));
            default -> {}
        }
        return last;
    }

    private int scalarEnd(ScalarNode scalar) {
        int end =
                scalar.getEndMark()
                        .map(mark -> mark.getColumn() == 0 ? mark.getLine() : mark.getLine() + 1)
                        .orElse(1);
        while (end > 1 && lines.get(Math.min(end, lines.size()) - 1).isBlank()) {
            end--;
        }
        return end;
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static @Nullable Node root(PolicyFile file) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file.name()).build();
            return Yaml.node(settings, file.content()).orElse(null);
        } catch (YamlEngineException e) {
            return null;
        }
    }
}
