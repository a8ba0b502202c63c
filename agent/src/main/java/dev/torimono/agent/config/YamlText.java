// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** One YAML document as a flat list of dotted keys with their values and places. */
final class YamlText {
    private final String source;
    private final String text;
    private final List<String> complaints;

    /**
     * @param source how complaints name it
     * @param complaints where they go
     */
    YamlText(String source, String text, List<String> complaints) {
        this.source = source;
        this.text = text;
        this.complaints = complaints;
    }

    /**
     * Every value, in the order written.
     *
     * @param isLeaf whether a dotted name is a key; other mappings are walked into
     */
    List<Given> values(Predicate<String> isLeaf) {
        List<Given> values = new ArrayList<>();
        try {
            Optional<Node> root = Nodes.compose(source, text);
            if (root.isEmpty() || Nodes.isNothing(root.get())) {
                return values;
            }
            if (root.get() instanceof MappingNode mapping) {
                flatten("", mapping, isLeaf, values);
            } else {
                complaints.add(place(root.get()).complain("must be a mapping of keys to values"));
            }
        } catch (MarkedYamlEngineException e) {
            String problem = e.getProblem();
            complaints.add(
                    e.getProblemMark()
                            .map(mark -> place(mark).complain(problem))
                            .orElse(source + ": " + problem));
        } catch (YamlEngineException e) {
            complaints.add(source + ": " + e.getMessage());
        }
        return values;
    }

    private void flatten(
            String prefix, MappingNode mapping, Predicate<String> isLeaf, List<Given> values) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place keyPlace = place(tuple.getKeyNode());
            String key;
            try {
                key = prefix + Kind.scalar(tuple.getKeyNode());
            } catch (BadValueException e) {
                complaints.add(keyPlace.complain("a key " + e.getMessage()));
                continue;
            }
            if (!seen.add(key)) {
                complaints.add(keyPlace.complain(key + " is given twice"));
                continue;
            }
            Node value = tuple.getValueNode();
            if (Nodes.isNothing(value)) {
                continue;
            }
            if (value instanceof MappingNode deeper && !isLeaf.test(key)) {
                flatten(key + ".", deeper, isLeaf, values);
            } else {
                values.add(new Given(key, value, keyPlace, place(value)));
            }
        }
    }

    private Place place(Node node) {
        return node.getStartMark().map(this::place).orElse(Place.outside(source));
    }

    private Place place(Mark mark) {
        List<String> lines = text.lines().toList();
        String line = mark.getLine() < lines.size() ? lines.get(mark.getLine()) : "";
        return new Place(source, mark.getLine() + 1, mark.getColumn() + 1, line);
    }
}
